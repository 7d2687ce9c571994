package dev.tierway.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.GatewayConfig;
import dev.tierway.bootstrap.Gateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands that ask a running gateway, against one. */
final class RemoteCommandsIT {
    private static final String CONFIG = """
        providers:
          - { id: good, kind: simulated, simulated: { ttft: 0ms, per-token: 0ms } }
          - { id: bad, kind: simulated, simulated: { ttft: 0ms, per-token: 0ms, faults: [ { fault: status, status: 500 } ] } }
        models:
          - { id: writer, tier: mid, use-cases: [chat], replicas: [ { provider: good, price: { input: 1, output: 2 } } ] }
          - { id: broken, tier: small, use-cases: [chat], replicas: [ { provider: bad } ] }
        routes: { fast: tier:mid/chat }
        auth: { mode: none, admin-token: a-token-that-is-long }
        server: { port: %d, admin: { port: 0 } }
        """;

    private static Gateway gateway;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException {
        gateway = Gateway.start(GatewayConfig.parse(CONFIG.formatted(freePort()), Map.of()));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /** With the environment an operator has. */
    private Terminal terminal() {
        return new Terminal(folder)
                .with("TIERWAY_URL", "http://127.0.0.1:" + gateway.adminPort())
                .with("TIERWAY_ADMIN_TOKEN", "a-token-that-is-long");
    }

    @ParameterizedTest
    @CsvSource({"--tier mid", "--tier mid --use-case chat", "--model writer", "--model fast", "--replica good/writer"})
    void call_prints_the_answer_and_where_it_came_from(String address) {
        Terminal.Result result = terminal().type("call " + address + " hello");

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out()).contains("You said: hello").endsWith("\n");
        assertThat(result.err()).contains("good/writer answered", "[dec_");
    }

    @Test
    void call_streams() {
        Terminal.Result streamed = terminal().type("call --model writer --stream hello");

        assertThat(streamed.status()).as(streamed.err()).isZero();
        assertThat(streamed.out()).contains("You said: hello").endsWith("\n");
        assertThat(streamed.err()).contains("good/writer answered", "[dec_");
    }

    @Test
    void call_gives_scripts_text_and_decision() {
        for (String how : new String[] {"", "--stream "}) {
            JsonNode json = terminal()
                    .type("call --format json " + how + "--model writer hello")
                    .json();

            assertThat(json.path("text").asText()).contains("You said: hello");
            assertThat(json.path("decision").path("outcome").path("replica").asText())
                    .isEqualTo("good/writer");
        }
    }

    @Test
    void explain_shows_the_candidates_and_calls_nobody() {
        long before = calls();

        Terminal.Result result = terminal().type("explain --tier mid hello");

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("tier:mid/chat (tier, adaptive), dry run", "REPLICA", "good/writer", "chosen")
                .contains("good/writer would be called");
        assertThat(calls()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "explain --model nobody hi, model_not_found",
        "call --tier mid --use-case code hi, no_capable_replica",
        "call --model broken hi, upstream_error",
        "call --model broken --stream hi, upstream_error",
        "call --replica writer hi, 'writer is no replica: ask for it with --model'",
        "explain --model good/writer hi, 'good/writer is a replica: ask for it with --replica'",
        "decisions dec_nothing, No decision",
        "decisions --since 2026-99-99T12:00:00Z, 'must be a time'",
        "history --since 2026-99-99T12:00:00Z, 'must be a time'",
        "history --tag team, 'like team=search'",
        "history --totals colour, 'one of model, replica'",
        "history --totals colour --format csv, 'one of model, replica'",
    })
    void what_fails_is_told_in_a_sentence_with_status_1(String line, String told) {
        Terminal.Result result = terminal().type(line);

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).startsWith("tierway: ").contains(told).doesNotContain("\tat ");
    }

    @Test
    void decisions_lists_them_and_shows_one() {
        terminal().type("call --model writer hello");
        terminal().type("call --model broken hello");

        Terminal.Result list = terminal().type("decisions --since 15m");
        Terminal.Result failed = terminal().type("decisions --failed");
        JsonNode json =
                terminal().type("decisions --failed --each --format json").json();
        String id = json.path(0).path("id").asText();
        Terminal.Result each = terminal().type("decisions --failed --each");
        Terminal.Result one = terminal().type("decisions " + id);

        assertThat(list.out()).contains("DECISION", "writer", "delivered", "broken");
        assertThat(each.out()).contains("broken").doesNotContain("delivered");
        assertThat(failed.out())
                .contains("CALLS", "FIRST REFUSED", "upstream_error", "upstream_fault", "broken", "runbook.md")
                .doesNotContain("delivered");
        assertThat(one.out()).startsWith(id + ": broken (model").contains("upstream_fault (HTTP 500)", "=> ");
    }

    @Test
    void a_decision_is_made_again_from_its_record() {
        terminal().type("call --model broken hello");
        String id = terminal()
                .type("decisions --failed --each --format json")
                .json()
                .path(0)
                .path("id")
                .asText();

        Terminal.Result again = terminal().type("decisions " + id + " --replay");

        assertThat(again.status()).as(again.err()).isZero();
        assertThat(again.out()).startsWith(id + ": the same decision");
        assertThat(terminal()
                        .type("decisions " + id + " --replay --format json")
                        .json()
                        .path("same")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void history_lists_attempts_and_adds_them_up() {
        terminal().type("call --model writer hello");
        terminal().type("call --model broken hello");

        Terminal.Result list = terminal().type("history --since 15m");
        Terminal.Result failed = terminal().type("history --failed");
        JsonNode json = terminal()
                .type("history --format json --model writer --limit 1")
                .json();
        Terminal.Result totals = terminal().type("history --totals replica");
        JsonNode spend = terminal().type("history --totals model --format json").json();

        assertThat(list.status()).as(list.err()).isZero();
        assertThat(list.out()).contains("ENDED", "good/writer", "delivered", "upstream_fault");
        assertThat(failed.out()).contains("bad/broken").doesNotContain("good/writer");
        assertThat(json).hasSize(1);
        assertThat(json.at("/0/outcome").asText()).isEqualTo("delivered");
        assertThat(json.at("/0/cost_usd").isTextual()).isTrue();
        assertThat(totals.out()).contains("REPLICA", "COST UNKNOWN", "total");
        assertThat(spend.at("/groups/0/model").asText()).isEqualTo("writer");
        assertThat(spend.at("/total/unpriced_attempts").asInt()).isPositive();
    }

    @Test
    void history_as_csv_has_every_attempt() {
        for (int n = 0; n < 25; n++) {
            terminal().type("call --model writer hello");
        }
        Terminal.Result all = terminal().type("history --format csv --model writer");
        Terminal.Result two = terminal().type("history --format csv --limit 2");
        Terminal.Result spend = terminal().type("history --format csv --totals provider");

        assertThat(all.status()).as(all.err()).isZero();
        assertThat(all.out()).startsWith("call,attempt,request_id,");
        assertThat(all.out().lines().count()).isGreaterThan(25);
        assertThat(two.out().lines()).hasSize(3);
        assertThat(spend.out()).startsWith("provider,calls,attempts,").contains("\ngood,");
    }

    @Test
    void explain_says_why_not_another() {
        Terminal.Result chosen = terminal().type("explain --tier mid --why-not good/writer hello");
        Terminal.Result stranger = terminal().type("explain --tier mid --why-not bad/broken hello");

        assertThat(chosen.out()).contains("why not good/writer: good/writer is the chosen one");
        assertThat(stranger.out()).contains("why not bad/broken: bad/broken is no candidate for tier:mid/chat");
    }

    @Test
    void status_shows_the_fleet_once_or_again_and_again() {
        Terminal watching = terminal();
        watching.lifetime().stopAfterPauses(2);

        Terminal.Result once = terminal().type("status");
        Terminal.Result watched = watching.type("status --watch");

        assertThat(once.status()).isZero();
        assertThat(once.out()).contains("strategy adaptive", "good/writer", "MODEL", "PROVIDER");
        assertThat(watched.out().split("PROVIDER", -1)).hasSize(4);
    }

    @Test
    void the_api_alone_is_enough_to_call() {
        Terminal.Result result = new Terminal(folder)
                .type("call --model writer --api-url http://127.0.0.1:" + gateway.apiPort() + "/v1/ hello");

        assertThat(result.status()).as(result.err()).isZero();
    }

    @Test
    void a_missing_token_is_told() {
        Terminal.Result result = new Terminal(folder).type("status --url http://127.0.0.1:" + gateway.adminPort());

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("set TIERWAY_ADMIN_TOKEN");
    }

    @Test
    void the_api_port_taken_for_the_admin_port_is_told() {
        Terminal.Result result = terminal().type("status --url http://127.0.0.1:" + gateway.apiPort());

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("is not a gateway's admin port");
    }

    @Test
    void no_gateway_at_all_is_told() throws IOException {
        Terminal.Result result = new Terminal(folder).type("decisions --url http://127.0.0.1:" + freePort());

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("No gateway answers at http://127.0.0.1:", "tierway serve");
    }

    private static long calls() {
        return gateway.tierway().fleet().replicas().stream()
                .mapToLong(replica -> replica.calls())
                .sum();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
