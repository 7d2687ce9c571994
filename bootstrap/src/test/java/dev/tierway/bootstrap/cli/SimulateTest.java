package dev.tierway.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SimulateTest {
    private static final String SMALL =
            "simulate --trace poisson:minutes=2,rate=3 --scenario healthy black-hole --load 0.3,0.7 --seeds 2"
                    + " --strategy adaptive shuffle-cooldown";
    private static final String FLEET = """
        providers:
          - { id: alpha, kind: openai, api-key: "${ALPHA_KEY}" }
          - { id: beta, kind: openai-compatible, base-url: "http://beta:8000/v1", api-key: "${BETA_KEY}" }
        models:
          - id: large
            tier: mid
            use-cases: [chat, code]
            replicas:
              - { provider: alpha, price: { input: 2.50, output: 10.00 } }
              - { provider: beta, price: { input: 2.00, output: 9.00 } }
        """;

    @TempDir
    Path folder;

    private Terminal.Result type(String line) {
        return new Terminal(folder).type(line);
    }

    @Test
    void a_simulation_ends_with_a_table_and_the_goals_it_can_judge() {
        Terminal.Result result = type(SMALL);

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("SCENARIO", "black-hole", "shuffle-cooldown", "met", "trace hash")
                .doesNotContain("oracle-parameters", "not measured", "NaN");
    }

    @Test
    void json_has_the_rows_asked_for_and_is_the_same_on_any_number_of_threads() {
        Terminal.Result one = type(SMALL + " --format json --threads 1");
        Terminal.Result many = type(SMALL + " --format json --threads 7");

        assertThat(many.out()).isEqualTo(one.out());
        JsonNode json = one.json();
        assertThat(json.path("trace").asText()).isEqualTo("poisson:rate=3,minutes=2");
        assertThat(json.path("seed").asLong()).isEqualTo(1);
        assertThat(json.path("config").isNull()).isTrue();
        assertThat(json.path("rows")).hasSize(2 * 2 * 2);
        JsonNode row = json.path("rows").path(0);
        assertThat(row.path("scenario").asText()).isEqualTo("healthy");
        assertThat(row.path("seeds").asInt()).isEqualTo(2);
        assertThat(row.path("success").path("mean").asDouble()).isBetween(0.9, 1.0);
        assertThat(row.path("ttft_ms").path("p99").asDouble()).isPositive();
        assertThat(row.path("regret").isNumber()).isTrue();
    }

    @Test
    void a_page_goes_into_a_file_and_a_remark_says_so() {
        Terminal.Result result = type(SMALL + " --format html --output report.html");

        assertThat(result.status()).isZero();
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("wrote report.html");
        assertThat(folder.resolve("report.html"))
                .content()
                .startsWith("<!doctype html>")
                .contains("<svg");
        assertThat(folder.toFile().list()).containsExactly("report.html");
    }

    @Test
    void a_report_that_cannot_be_written_is_told() {
        Terminal.Result result = type(SMALL + " --output no/such/folder/x");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("Can't write").contains("Choose another --output");
    }

    @Test
    void a_trace_from_a_file_is_simulated_and_named_like_it() throws IOException {
        StringBuilder trace = new StringBuilder("TIMESTAMP,ContextTokens,GeneratedTokens\r\n");
        for (int second = 0; second < 60; second++) {
            trace.append(String.format("2023-11-16 18:17:%02d.9799600,900,80\r\n", second));
        }
        Files.writeString(folder.resolve("mine.csv"), trace);

        Terminal.Result result =
                type("simulate --trace mine.csv --scenario healthy --strategy adaptive --seeds 1 --format yaml");

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out()).startsWith("trace: mine\n").contains("calls: 60", "lo: null");
    }

    @Test
    void a_bad_trace_is_told_by_file_and_line() throws IOException {
        Files.writeString(
                folder.resolve("bad.csv"), "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:17:03,many,1\n");

        Terminal.Result bad = type("simulate --trace bad.csv");
        Terminal.Result none = type("simulate --trace none.csv");

        assertThat(bad.status()).isEqualTo(1);
        assertThat(bad.err()).contains("bad.csv:2: ContextTokens 'many' is no whole number");
        assertThat(none.status()).isEqualTo(1);
        assertThat(none.err()).contains("none.csv: there is no such file");
    }

    @Test
    void ones_own_fleet_is_simulated_without_its_keys() throws IOException {
        Files.writeString(folder.resolve("mine.yaml"), FLEET);

        Terminal.Result result = new Terminal(folder)
                .with("BETA_KEY", "sk-canary")
                .type("simulate --config mine.yaml --trace poisson:minutes=1 --scenario provider-outage --seeds 1"
                        + " --strategy adaptive --format json");

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.json().path("config").asText()).isEqualTo("mine.yaml");
        assertThat(result.json().path("rows")).hasSize(1);
        assertThat(result.err())
                .contains("ALPHA_KEY", "calls ask for tier:mid/chat, which 2 replicas serve")
                .doesNotContain("BETA_KEY");
        assertThat(result.out() + result.err()).doesNotContain("canary");
    }

    @Test
    void what_the_fleet_does_not_serve_is_told() throws IOException {
        Files.writeString(folder.resolve("mine.yaml"), FLEET);

        Terminal.Result tier = type("simulate --config mine.yaml --tier micro");
        Terminal.Result useCase = type("simulate --config mine.yaml --use-case vision");

        assertThat(tier.status()).isEqualTo(2);
        assertThat(tier.err()).contains("mine.yaml has no model of tier micro");
        assertThat(useCase.status()).isEqualTo(2);
        assertThat(useCase.err()).contains("no model of tier mid in mine.yaml serves vision");
        assertThat(type("simulate --tier mid").err()).contains("--tier and --use-case belong to --config");
    }

    @Test
    void a_configuration_that_is_wrong_is_told_as_everywhere() throws IOException {
        Files.writeString(folder.resolve("bad.yaml"), "modles: []\n");

        Terminal.Result result = type("simulate --config bad.yaml");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("the configuration can't be used", "models");
        assertThat(type("simulate --config none.yaml").err()).contains("none.yaml", "no such file");
    }

    @Test
    void told_to_stop_it_ends_without_a_report() throws Exception {
        Terminal terminal = new Terminal(folder);
        Terminal.Running running = terminal.with("TIERWAY_TERMINAL", "true")
                .start("simulate --scenario all --strategy all --load 0.7,0.9 --seeds 200");

        running.awaitPrinted(text -> text.contains("trials"));
        int status = running.stop();

        assertThat(status).isEqualTo(1);
        assertThat(running.printed())
                .contains(" %  ", "stopped before all trials had run; there is no report")
                .doesNotContain("SCENARIO");
    }
}
