package dev.tierway.bootstrap.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.bootstrap.cli.remote.Chat;
import dev.tierway.bootstrap.cli.show.Documents;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StepTest {
    private static final Chat.Answer NOTHING = new Chat.Answer("", Documents.parse("{}"), 0);

    @TempDir
    Path folder;

    @Test
    void an_answer_that_is_none_meets_no_step() {
        assertThat(Step.all())
                .hasSize(5)
                .allSatisfy(step -> assertThat(step.unmet(NOTHING)).isNotEmpty());
    }

    @Test
    void a_spillover_that_did_not_happen_is_noticed() {
        JsonNode decision = Documents.parse("""
            { "outcome": { "status": "delivered", "replica": "home/demo-small" },
              "rounds": [ { "chose": "home/demo-small", "result": { "class": null } } ] }
            """);

        assertThat(Step.all().get(3).unmet(new Chat.Answer("hello", decision, 1)))
                .containsExactly(
                        "it takes 2 attempts", "the first attempt is answered 429 and another replica answers");
    }

    @Test
    void a_stream_in_one_piece_is_noticed() {
        JsonNode decision = Documents.parse("""
            { "outcome": { "status": "delivered", "tier": "mid" } }
            """);

        assertThat(Step.all().get(4).unmet(new Chat.Answer("hello", decision, 1)))
                .containsExactly("it comes in many pieces");
    }

    @Test
    void the_curl_lines_send_json() {
        for (Step step : Step.all()) {
            String curl = step.curl(URI.create("http://127.0.0.1:8080"));
            String body = curl.substring(curl.indexOf("-d '") + 4, curl.length() - 1);

            assertThat(Documents.parse(body).path("model").asText()).isEqualTo(step.address());
        }
    }

    @Test
    void the_java_lines_compile() {
        StringBuilder program = new StringBuilder("""
            import dev.tierway.Tierway;
            import dev.tierway.application.chat.ChatRequest;
            import dev.tierway.application.port.in.CallOptions;
            import dev.tierway.domain.catalogue.*;
            class Pasted {
                void paste(Tierway tierway) {
            """);
        Step.all().forEach(step -> program.append(step.java()).append(";\n"));
        program.append("}}");

        assertThat(errors(program.toString())).isEmpty();
    }

    private List<String> errors(String program) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        JavaFileObject source =
                new SimpleJavaFileObject(URI.create("string:///Pasted.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return program;
                    }
                };
        List<String> options = List.of(
                "-proc:none",
                "-implicit:none",
                "-d",
                folder.toString(),
                "-classpath",
                System.getProperty("java.class.path"));
        compiler.getTask(null, null, found, options, null, List.of(source)).call();
        return found.getDiagnostics().stream()
                .filter(one -> one.getKind() == Diagnostic.Kind.ERROR)
                .map(one -> one.getMessage(Locale.ROOT))
                .toList();
    }
}
