package dev.tierway.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.GatewayConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlaceholdersTest {
    @TempDir
    Path folder;

    private String resolve(String text) {
        return new Placeholders(Map.of("A", "one", "B_2", "two", "EMPTY", "", "NESTED", "${A}"), folder).resolve(text);
    }

    @Test
    void variables_are_put_in_anywhere_in_a_text() {
        assertThat(resolve("${A}")).isEqualTo("one");
        assertThat(resolve("x${A}-${B_2}y")).isEqualTo("xone-twoy");
    }

    @Test
    void what_is_put_in_is_not_looked_at_again() {
        assertThat(resolve("${NESTED}")).isEqualTo("${A}");
    }

    @Test
    void two_dollars_stand_for_one() {
        assertThat(resolve("$${A} ${A} $5")).isEqualTo("${A} one $5");
    }

    @Test
    void a_files_content_loses_its_last_line_break() throws IOException {
        Files.writeString(folder.resolve("key"), "secret\n");

        assertThat(resolve("${file:key}")).isEqualTo("secret");
        assertThat(resolve("${file:" + folder.resolve("key") + "}")).isEqualTo("secret");
    }

    @Test
    void a_files_path_starts_from_the_configurations_folder() throws IOException {
        Files.writeString(folder.resolve("bind"), "127.0.0.2\n");
        Path config = Files.writeString(
                folder.resolve("tierway.yaml"), Configs.SMALLEST + "server: { bind: \"${file:bind}\" }");

        assertThat(GatewayConfig.load(config, Map.of()).server().bind()).isEqualTo("127.0.0.2");
    }

    @Test
    void what_cannot_be_resolved_is_a_problem_at_its_place() {
        assertThat(Configs.problemsOf("""
            server:
              bind: ${NOT_SET}
              port: ${PORT:-8080}
            storage: { ledger: { store: sqlite, path: "${file:no/such}" } }
            auth: { mode: none, admin-token: "${ADMIN_TOKEN" }
            """))
                .containsExactly(
                        "4:9: server.bind: environment variable 'NOT_SET' is not set; export NOT_SET=… before starting",
                        "5:9: server.port: '${PORT:-8080}' is neither a variable nor a file;"
                                + " write ${NAME} for an environment variable, ${file:PATH} for a file's content",
                        "6:43: storage.ledger.path: file 'no/such' can't be read (NoSuchFileException);"
                                + " relative paths start from the folder of the configuration file",
                        "7:34: auth.admin-token: a '${' is never closed; write ${NAME}, or $${ for a plain ${");
    }

    @Test
    void an_empty_variable_is_no_value() {
        assertThat(GatewayConfig.validate(Configs.SMALLEST + "server: { bind: \"${E}\" }", Map.of("E", "")))
                .extracting(problem -> problem.message())
                .containsExactly("environment variable 'E' is empty");
    }

    @Test
    void a_variable_may_stand_for_a_number_but_its_text_is_never_repeated() {
        String config = Configs.SMALLEST + "server: { port: \"${P}\" }\nrouting: { strategy: \"${P}\" }\n";

        assertThat(GatewayConfig.parse(Configs.SMALLEST + "server: { port: \"${P}\" }", Map.of("P", "99"))
                        .server()
                        .port())
                .isEqualTo(99);
        assertThat(GatewayConfig.validate(config, Map.of("P", "hunter2")))
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem.toString())
                        .contains("what '${P}' stands for is not ")
                        .doesNotContain("hunter2"));
    }
}
