package dev.tierway.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another configuration from the command line, of a gateway that {@code serve} runs. */
class ReloadCommandsIT {
    private static final Pattern ADMIN = Pattern.compile("admin +(http\\S+?)/?\\s");
    private static final String CONFIG = """
        providers: [ { id: p, kind: simulated } ]
        models: [ { id: m, tier: mid, use-cases: [chat], replicas: [ { provider: p, weight: %s } ] } ]
        storage: { ledger: { store: memory }, quota: { store: memory } }
        """;

    @TempDir
    Path folder;

    private Terminal.Running serve;
    private String admin;

    @BeforeEach
    void start() throws Exception {
        write("1");
        Terminal terminal = new Terminal(folder);
        serve = terminal.start("serve --port 0 --admin-port 0");
        Matcher said = ADMIN.matcher(serve.awaitPrinted(text -> text.contains("admin ")));
        assertThat(said.find()).isTrue();
        admin = said.group(1);
    }

    @AfterEach
    void stop() throws Exception {
        serve.stop();
    }

    private void write(String weight) throws IOException {
        Files.writeString(folder.resolve("tierway.yaml"), CONFIG.formatted(weight));
    }

    private Terminal terminal() {
        return new Terminal(folder).with("TIERWAY_URL", admin).with("USER", "ann");
    }

    @Test
    void a_reload_a_rollback_and_their_history() throws Exception {
        write("5");
        Terminal.Result reloaded = terminal().run("reload", "--reason", "more for p");
        assertThat(reloaded.status()).as(reloaded.err()).isZero();
        assertThat(reloaded.out())
                .isEqualTo("Generation 2 is in force, in place of 1.\n  models[m].replicas[p].weight: 1 -> 5\n");
        assertThat(terminal().type("reload").out())
                .isEqualTo("The configuration is the one in force already, generation 2.\n");

        Terminal.Result back = terminal().type("rollback 1");
        assertThat(back.status()).as(back.err()).isZero();
        assertThat(back.out()).contains("Generation 3 is in force, in place of 2.", "Mind: the file still differs");

        Terminal.Result history = terminal().type("config-history");
        assertThat(history.out())
                .contains("GENERATION")
                .containsPattern("3 +2.*admin \\(local/ann\\) +[0-9a-f]{12} +repeats 1")
                .containsPattern("2 +2.*admin \\(local/ann\\) +[0-9a-f]{12} +more for p")
                .containsPattern("1 +2.*start \\(start\\)");
        assertThat(terminal().type("config-history --limit 1 --format json").out())
                .contains("\"rollback_to\" : 1", "\"weight\" : 1");
    }

    @Test
    void a_bad_file_is_a_failure_that_says_everything() throws Exception {
        write("many, wait: 3");
        Terminal.Result refused = terminal().type("reload");

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err())
                .contains("Nothing has changed; generation 1 stays in force.", "weight", "wait", "invalid_config");
        assertThat(terminal().type("rollback 9").err()).contains("there is no generation 9");
        assertThat(terminal().type("rollback").status()).isEqualTo(2);
    }
}
