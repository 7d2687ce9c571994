package dev.tierway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tierway.GatewayConfig;
import dev.tierway.application.docs.ReferencePage;
import dev.tierway.bootstrap.Gateway;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each folder of docs/examples does what its page says: its program prints those lines, its gateway answers those calls. */
class ExamplesIT {
    private static final Pattern PRINTED = Pattern.compile("(?ms)^```text\\R(.*?)^```");
    private static final Pattern LOGGED = Pattern.compile("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} (INFO|WARN|ERROR) ");
    private static final Pattern CALL = Pattern.compile("(?m)^curl -s(?:i)? localhost:8080(\\S+).*?-d '([^']*)'");
    private static final Path EXAMPLES = ReferencePage.root().resolve("docs/examples");

    @TempDir
    Path classes;

    static Stream<Path> examples() throws IOException {
        try (Stream<Path> folders = Files.list(EXAMPLES)) {
            return folders.filter(Files::isDirectory).sorted().toList().stream();
        }
    }

    static Stream<Path> programs() throws IOException {
        return examples().filter(folder -> !sources(folder).isEmpty());
    }

    private static List<Path> sources(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String page(Path folder) {
        return ReferencePage.read(folder.resolve("README.md"));
    }

    @Test
    void the_overview_lists_them_all() throws IOException {
        String overview = page(EXAMPLES);

        assertThat(examples())
                .hasSizeGreaterThan(5)
                .allSatisfy(folder -> assertThat(overview).contains("(" + folder.getFileName() + "/README.md)"));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void its_configuration_is_valid(Path folder) {
        assertThat(GatewayConfig.validate(folder.resolve("tierway.yaml"), Map.of()))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void its_program_prints_what_its_page_shows(Path folder) throws Exception {
        String shown = PRINTED.matcher(page(folder))
                .results()
                .map(block -> block.group(1))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no ```text in the README of " + folder));
        String wanted = shown.lines()
                .map(line ->
                        Arrays.stream(line.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*")))
                .collect(Collectors.joining("\\R"));

        assertThat(printedBy(folder).strip()).matches(Pattern.compile(wanted));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void its_gateway_answers_what_its_page_asks(Path folder) throws Exception {
        List<MatchResult> calls = CALL.matcher(page(folder)).results().toList();
        if (calls.isEmpty()) {
            assertThat(page(folder))
                    .as("a page asks a gateway or shows a program")
                    .contains("```text");
            return;
        }
        GatewayConfig anyPort = GatewayConfig.parse("""
            providers: [{ id: p, kind: simulated }]
            models: [{ id: m, tier: mid, use-cases: [chat], replicas: [{ provider: p }] }]
            server: { port: 0, admin: { port: 0 } }
            """, Map.of());
        GatewayConfig config =
                GatewayConfig.load(folder.resolve("tierway.yaml"), Map.of()).withServer(anyPort.server());
        try (Gateway gateway = Gateway.start(config);
                HttpClient client = HttpClient.newHttpClient()) {
            for (MatchResult call : calls) {
                HttpResponse<String> answer = client.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.apiPort() + call.group(1)))
                                .header("content-type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(call.group(2)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                assertThat(new ObjectMapper().readTree(answer.body()).isObject())
                        .isTrue();
            }
        }
    }

    private String printedBy(Path folder) throws Exception {
        compile(folder);
        String main = sources(folder).getFirst().getFileName().toString().replace(".java", "");
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            Method start = loader.loadClass(main).getDeclaredMethod("main", String[].class);
            start.setAccessible(true);
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            start.invoke(
                    null, (Object) new String[] {folder.resolve("tierway.yaml").toString()});
        } finally {
            System.setOut(before);
        }
        // A program's log goes to the same place here; where it goes elsewhere is its own affair.
        return printed.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !LOGGED.matcher(line).lookingAt())
                .collect(Collectors.joining("\n"));
    }

    private void compile(Path folder) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> options = new ArrayList<>(List.of("-proc:none", "--release", "21"));
        options.addAll(List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path")));
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            boolean compiled = compiler.getTask(
                            messages, files, null, options, null, files.getJavaFileObjectsFromPaths(sources(folder)))
                    .call();
            assertThat(compiled).as(messages.toString()).isTrue();
        }
    }
}
