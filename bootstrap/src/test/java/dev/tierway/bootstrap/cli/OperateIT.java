package dev.tierway.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.GatewayConfig;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.error.LimitExceededException;
import dev.tierway.application.error.PausedException;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.bootstrap.Gateway;
import dev.tierway.domain.catalogue.Target;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operating a running gateway from the command line. */
final class OperateIT {
    private static final String CONFIG = """
        providers:
          - { id: west, kind: simulated, quota: { requests-per-minute: 1000 }, simulated: { ttft: 0ms, per-token: 0ms } }
          - { id: east, kind: simulated, simulated: { ttft: 0ms, per-token: 0ms } }
        models:
          - { id: writer, tier: mid, use-cases: [chat], replicas: [ { provider: west }, { provider: east, phase: standby } ] }
        rules:
          - { id: sql, when: { content: { any-of: "SELECT " } }, only: west }
        routes: { fast: writer }
        auth: { mode: none, admin-token: a-token-that-is-long }
        server: { port: 0, admin: { port: 0 } }
        """;

    @TempDir
    Path folder;

    private Gateway gateway;

    @BeforeEach
    void start() {
        gateway = Gateway.start(GatewayConfig.parse(CONFIG, Map.of()));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private Terminal terminal() {
        return new Terminal(folder)
                .with("TIERWAY_URL", "http://127.0.0.1:" + gateway.adminPort())
                .with("TIERWAY_ADMIN_TOKEN", "a-token-that-is-long")
                .with("USER", "ann");
    }

    private String phase(String replica) {
        return gateway.tierway().fleet().replicas().stream()
                .filter(one -> one.id().equals(replica))
                .findFirst()
                .orElseThrow()
                .phase();
    }

    @Test
    void drain_says_what_changed_and_until_when_and_status_shows_it() {
        Terminal.Result drained =
                terminal().run("drain", "--provider", "west", "--for", "30m", "--reason", "slow tonight");

        assertThat(drained.status()).as(drained.err()).isZero();
        assertThat(drained.out())
                .startsWith("provider 'west': draining until 2")
                .containsPattern("west/writer +draining +- +closed");
        assertThat(phase("west/writer")).isEqualTo("draining");

        Terminal.Result status = terminal().type("status");
        assertThat(status.out())
                .contains("ORDERED", "ENDS IN")
                .containsPattern("draining +provider west +(30|29) min +admin/ann +slow tonight");
    }

    @ParameterizedTest
    @CsvSource({
        "drain --replica west/writer, draining, 'draining, until it is taken back.'",
        "standby --model writer, standby, 'standby, until it is taken back.'",
        "activate --provider west, active, 'active, until it is taken back.'",
        "activate --provider west --as-configured, active, its phase is as configured again.",
        "mark-unhealthy --replica west/writer, active, 'unhealthy, until it is taken back.'",
        "mark-healthy --replica west/writer --for 5m, active, healthy until 2",
        "reset-circuit --provider west, active, circuits are closed."
    })
    void every_command_does_what_it_says(String line, String phase, String words) {
        Terminal.Result result = terminal().type(line);

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out()).contains(words);
        assertThat(phase("west/writer")).isEqualTo(phase);
    }

    @Test
    void a_rule_is_disabled_shown_and_enabled() {
        Terminal.Result disabled = terminal().run("disable-rule", "sql", "--for", "30m", "--reason", "wrong pattern");

        assertThat(disabled.status()).as(disabled.err()).isZero();
        assertThat(disabled.out()).startsWith("rule 'sql': disabled until 2");
        assertThat(gateway.tierway().rules().list().getFirst().enabled()).isFalse();
        assertThat(terminal().type("status").out())
                .containsPattern("disabled +rule sql +(30|29) min +admin/ann +wrong pattern");
        assertThat(terminal().type("enable-rule sql").out()).isEqualTo("rule 'sql': enabled.\n");
        assertThat(gateway.tierway().rules().list().getFirst().enabled()).isTrue();
        assertThat(terminal().type("disable-rule sqll").err())
                .startsWith("tierway: There is no rule 'sqll'. Did you mean 'sql'?");
    }

    @Test
    void a_route_is_disabled_shown_and_enabled() {
        Terminal.Result disabled = terminal().run("disable-route", "fast", "--for", "30m", "--reason", "withdrawn");

        assertThat(disabled.status()).as(disabled.err()).isZero();
        assertThat(disabled.out()).startsWith("route 'fast': disabled until 2");
        assertThatThrownBy(
                        () -> gateway.tierway().call(Target.parse("fast"), ChatRequest.of("hello"), CallOptions.NONE))
                .hasMessageContaining("Route 'fast' is off: admin/ann has disabled it (withdrawn).");
        assertThat(terminal().type("status").out())
                .containsPattern("disabled +route fast +(30|29) min +admin/ann +withdrawn");
        assertThat(terminal().type("enable-route fast").out()).isEqualTo("route 'fast': enabled.\n");
        assertThat(gateway.tierway()
                        .call(Target.parse("fast"), ChatRequest.of("hello"), CallOptions.NONE)
                        .response()
                        .text())
                .isNotEmpty();
        assertThat(terminal().type("disable-route fats").err())
                .startsWith("tierway: There is no route 'fats'. Did you mean 'fast'?");
    }

    @Test
    void an_agent_is_paused_shown_and_resumed() {
        assertThat(terminal().type("agents").out()).isEqualTo("Nobody is held.\n");
        Terminal.Result paused =
                terminal().run("agents", "pause", "--agent", "coder", "--for", "30m", "--reason", "runs wild");

        assertThat(paused.status()).as(paused.err()).isZero();
        assertThat(paused.out()).startsWith("agent 'coder': paused until 2");
        CallOptions coder = CallOptions.builder().agent("coder").build();
        assertThatThrownBy(() -> gateway.tierway().call(Target.parse("fast"), ChatRequest.of("hello"), coder))
                .isInstanceOf(PausedException.class)
                .hasMessageContaining("agent 'coder' was paused by admin/ann (runs wild)");
        assertThat(terminal().type("agents").out())
                .containsPattern("paused +agent coder +2\\S+Z +admin/ann +runs wild");
        assertThat(terminal().type("status").out()).containsPattern("paused +agent coder");
        assertThat(terminal().type("agents resume --agent coder").out()).isEqualTo("agent 'coder': running.\n");
        assertThat(gateway.tierway()
                        .call(Target.parse("fast"), ChatRequest.of("hello"), coder)
                        .response()
                        .text())
                .isNotEmpty();
        assertThat(terminal().type("agents stop --all").out())
                .isEqualTo("everything: stopped, until it is taken back.\n");
        assertThat(terminal().type("agents resume --all").out()).isEqualTo("everything: running.\n");
    }

    @Test
    void an_agent_is_limited_shown_and_reset() {
        CallOptions writer =
                CallOptions.builder().agent("writer").workflow("book").build();
        assertThat(terminal()
                        .type("agents limit --agent writer steps=1 tokens=90000 --for 2h")
                        .out())
                .startsWith("agent 'writer': tokens=90000 steps=1 until 2");
        gateway.tierway().call(Target.parse("fast"), ChatRequest.of("hello"), writer);
        assertThatThrownBy(() -> gateway.tierway().call(Target.parse("fast"), ChatRequest.of("hello"), writer))
                .isInstanceOf(LimitExceededException.class);
        assertThat(terminal().type("agents").out())
                .containsPattern("agent writer workflow book +steps +1 +1 +0 +used up");
        assertThat(terminal().type("agents metrics --agent writer").out()).containsPattern("calls +1\\s");
        assertThat(terminal().type("agents reset --workflow book").out())
                .isEqualTo("workflow 'book': counts from zero.\n");
        gateway.tierway().call(Target.parse("fast"), ChatRequest.of("hello"), writer);
        assertThat(terminal().type("agents limit --agent writer configured").out())
                .isEqualTo("agent 'writer': its limits are as configured again.\n");
        assertThat(terminal().type("status").out())
                .as("a reset overrides nothing")
                .doesNotContain("workflow book");
        assertThat(terminal().type("agents limit --agent writer steps=many").err())
                .contains("'many' can't be read");
        assertThat(terminal().type("agents limit --all elapsed=1h").err()).contains("the gateway has no first call");
    }

    @Test
    void the_strategy_is_ordered_shown_and_as_configured_again() {
        assertThat(terminal().type("use-strategy cost").out()).isEqualTo("strategy: cost, until it is taken back.\n");
        assertThat(gateway.tierway().fleet().strategy()).isEqualTo("cost");
        assertThat(terminal().type("status").out())
                .contains("strategy cost")
                .containsPattern("cost +the strategy +- +admin/ann +-");
        assertThat(terminal().type("use-strategy configured").out()).isEqualTo("strategy: as configured again.\n");
        assertThat(gateway.tierway().fleet().strategy()).isEqualTo("adaptive");
        assertThat(terminal().type("use-strategy fastest").err())
                .contains("there is no strategy 'fastest' here; strategies are adaptive, priority");
    }

    @Test
    void a_quota_domain_can_be_operated_too() {
        String domain = gateway.tierway().config().catalogue().quotaDomains().stream()
                .findFirst()
                .orElseThrow()
                .id()
                .value();

        assertThat(terminal().type("drain --quota-domain " + domain).status()).isZero();
        assertThat(phase("west/writer")).isEqualTo("draining");
        assertThat(phase("east/writer")).isEqualTo("standby");
    }

    @Test
    void an_operator_who_leaves_a_model_without_replicas_is_told() {
        assertThat(terminal().type("drain --model writer").out())
                .contains("Mind: Model 'writer' has no replica left that takes traffic.");
    }

    @Test
    void scripts_get_the_same_as_json() {
        JsonNode receipt = terminal()
                .type("mark-unhealthy --format json --replica west/writer")
                .json();

        assertThat(receipt.at("/action/author").asText()).isEqualTo("admin/ann");
        assertThat(receipt.at("/replicas/0/marked_unhealthy").asBoolean()).isTrue();
        JsonNode fleet = terminal().type("status --format json").json();
        assertThat(fleet.at("/overrides/0/value").asText()).isEqualTo("unhealthy");
    }

    @Test
    void an_id_nobody_has_is_told_with_the_nearest_and_status_1() {
        Terminal.Result result = terminal().type("drain --provider wets");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).startsWith("tierway: There is no provider 'wets'. Did you mean 'west'?");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void without_the_token_nothing_is_ordered() {
        Terminal.Result result = new Terminal(folder)
                .with("TIERWAY_URL", "http://127.0.0.1:" + gateway.adminPort())
                .type("drain --provider west");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("TIERWAY_ADMIN_TOKEN");
        assertThat(phase("west/writer")).isEqualTo("active");
    }
}
