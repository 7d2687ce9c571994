package dev.tierway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.ConfigProblem;
import dev.tierway.GatewayConfig;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the README and the how-tos tell people to paste: Java compiles, configurations are valid. */
class SnippetsTest {
    private static final Pattern FENCE = Pattern.compile("(?ms)^```(java|yaml)\\R(.*?)^```");
    private static final Pattern CLASS = Pattern.compile("(?m)^(?:public )?(?:final )?class (\\w+)");
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "OPENAI_API_KEY", "sk-test",
            "GROQ_API_KEY", "gsk-test",
            "MISTRAL_API_KEY", "m-test",
            "TIERWAY_DB_PASSWORD", "secret",
            "SEARCH_KEY", "sk-of-the-search-team",
            "WEBHOOK_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    @TempDir
    Path classes;

    record Snippet(String where, String language, String text) {
        @Override
        public String toString() {
            return where;
        }
    }

    static List<Snippet> whole(String language) throws IOException {
        Path root = root();
        List<Snippet> found = new ArrayList<>();
        try (Stream<Path> guides = Files.list(root.resolve("docs/how-to"))) {
            List<Path> pages = new ArrayList<>(guides.sorted().toList());
            pages.addFirst(root.resolve("README.md"));
            for (Path page : pages) {
                Matcher fence = FENCE.matcher(Files.readString(page));
                while (fence.find()) {
                    String text = fence.group(2);
                    boolean complete = language.equals("java")
                            ? CLASS.matcher(text).find()
                            : text.contains("providers:") && text.contains("models:");
                    if (fence.group(1).equals(language) && complete) {
                        found.add(new Snippet(root.relativize(page) + " #" + found.size(), language, text));
                    }
                }
            }
        }
        return found;
    }

    static List<Snippet> java() throws IOException {
        return whole("java");
    }

    static List<Snippet> yaml() throws IOException {
        return whole("yaml");
    }

    @ParameterizedTest
    @MethodSource("java")
    void java_snippets_compile(Snippet snippet) {
        Matcher name = CLASS.matcher(snippet.text());
        assertThat(name.find()).isTrue();
        JavaFileObject source =
                new SimpleJavaFileObject(
                        URI.create("string:///" + name.group(1) + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return snippet.text();
                    }
                };
        StringWriter messages = new StringWriter();
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(
                        messages,
                        null,
                        null,
                        List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path")),
                        null,
                        List.of(source))
                .call();
        assertThat(compiled).as(messages.toString()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("yaml")
    void configurations_are_valid(Snippet snippet) {
        List<ConfigProblem> problems = GatewayConfig.validate(snippet.text(), ENVIRONMENT);
        assertThat(problems).isEmpty();
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("README.md")) || !Files.exists(folder.resolve("docs"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
