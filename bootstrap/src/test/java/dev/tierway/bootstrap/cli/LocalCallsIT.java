package dev.tierway.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code call} and {@code explain} in this process. */
final class LocalCallsIT {
    private static final String CONFIG = """
        providers:
          - { id: good, kind: simulated, simulated: { ttft: 0ms, per-token: 0ms } }
          - { id: bad, kind: simulated, simulated: { ttft: 0ms, per-token: 0ms, faults: [ { fault: status, status: 500 } ] } }
        models:
          - { id: writer, tier: mid, use-cases: [chat], replicas: [ { provider: good, price: { input: 1, output: 2 } } ] }
          - { id: broken, tier: small, use-cases: [chat], replicas: [ { provider: bad } ] }
        storage: { ledger: { store: sqlite, path: data/tierway.db } }
        """;

    @TempDir
    Path folder;

    @BeforeEach
    void configure() throws IOException {
        Files.writeString(folder.resolve("my.yaml"), CONFIG);
    }

    @ParameterizedTest
    @CsvSource({"--tier mid", "--model writer", "--replica good/writer", "--model writer --stream"})
    void call_answers_and_says_that_health_is_cold(String address) {
        Terminal.Result result = new Terminal(folder).type("call --config my.yaml " + address + " hello");

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out()).contains("You said: hello").endsWith("\n");
        assertThat(result.err()).contains("health is cold", "good/writer answered", "[dec_");
        assertThat(folder.resolve("data"))
                .as("a running gateway's ledger isn't touched")
                .doesNotExist();
    }

    @Test
    void explain_shows_the_decision() {
        Terminal.Result result = new Terminal(folder).type("explain --config my.yaml --tier mid hello");

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out()).contains("good/writer would be called", "~");
        assertThat(result.err()).contains("health is cold");
    }

    @ParameterizedTest
    @CsvSource({
        "--config none.yaml --tier mid hi, there is no such file",
        "--config my.yaml --model nobody hi, model_not_found",
        "--config my.yaml --model good/writer hi, ask for it with --replica",
        "--config my.yaml --replica writer hi, [model_not_found]",
        "--config my.yaml --model broken hi, [upstream_error]",
        "--config my.yaml --model broken --stream hi, [upstream_error]",
    })
    void what_fails_is_told_in_a_sentence_with_status_1(String arguments, String told) {
        Terminal.Result result = new Terminal(folder).type("call " + arguments);

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("tierway: ", told).doesNotContain("\tat ");
    }
}
