package dev.tierway.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UsageTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serve",
                "demo",
                "init",
                "validate",
                "doctor",
                "conformance",
                "simulated-provider",
                "call",
                "explain",
                "status",
                "quota",
                "decisions",
                "drain",
                "standby",
                "activate",
                "mark-healthy",
                "mark-unhealthy",
                "reset-circuit",
                "disable-rule",
                "enable-rule",
                "disable-route",
                "enable-route",
                "use-strategy",
                "agents",
                "simulate",
                "version"
            })
    void every_command_explains_itself(String command) {
        Terminal.Result result = new Terminal(folder).run(command, "--help");

        assertThat(result.status()).isZero();
        assertThat(result.out()).startsWith("Usage: tierway " + command).contains("--format=FORMAT", "--debug");
        assertThat(result.err()).isEmpty();
        assertThat(result.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void the_help_lists_the_commands_of_this_version() {
        Terminal.Result result = new Terminal(folder).type("--help");

        assertThat(result.status()).isZero();
        assertThat(result.out())
                .contains(
                        "serve", "demo", "doctor", "conformance", "simulated-provider", "quota", "decisions", "drain");
    }

    @Test
    void no_command_at_all_is_wrong_usage_and_shows_what_there_is() {
        Terminal.Result result = new Terminal(folder).type("");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("Usage: tierway", "serve");
        assertThat(result.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "serv, Did you mean: tierway serve",
        "status --forma json, --format",
        "status --format xml, 'is none of table, json, yaml, csv, html'",
        "status --format csv, '--format csv is for `tierway history` only'",
        "history --limit 0, '--limit is at least 1'",
        "history --totals model --limit 3, 'leave out --limit'",
        "history --since yesterday, 'is no time like 15m'",
        "status --format html, '--format html is for `tierway simulate` only'",
        "version please, please",
        "init one two, two",
        "call --tier huge hi, 'tiers are micro, small, mid, frontier'",
        "call --tier mid --use-case A/B hi, A/B",
        "call hi, 'one of --tier, --model, --replica'",
        "call --tier mid, TEXT",
        "call --tier mid --model m hi, 'one of --tier, --model, --replica'",
        "explain --model m --replica r hi, 'one of --tier, --model, --replica'",
        "explain --model m --use-case code hi, '--use-case belongs to --tier'",
        "explain --config f.yaml --url http://127.0.0.1:1 --model m hi, 'give one of them'",
        "status --url gateway, is no URL like http://127.0.0.1:8081",
        "status --url http://127.0.0.1:8081/admin/fleet, is no URL",
        "status --url ftp://127.0.0.1, is no URL",
        "status --api-url http://127.0.0.1:8080, --api-url",
        "decisions --since yesterday, is no time like 15m",
        "decisions dec_1 --failed, 'leave out the ID'",
        "decisions --replay, 'give its ID'",
        "drain, --provider",
        "drain --provider a --replica b, mutually exclusive",
        "drain --provider a --for soon, 'no length of time like 30m'",
        "drain --provider a --for 0m, 'no length of time like 30m'",
        "drain --provider a --as-configured, --as-configured",
        "activate --provider a --as-configured --for 1m, 'leave out --for'",
        "reset-circuit --provider a --for 30m, --for",
        "disable-rule, ID",
        "disable-rule eu us, us",
        "disable-rule eu --for soon, 'no length of time like 30m'",
        "disable-rule eu --provider west, --provider",
        "enable-rule eu --for 30m, --for",
        "disable-route, NAME",
        "enable-route fast --for 30m, --for",
        "use-strategy, NAME",
        "agents pause, --agent",
        "agents pause --agent a --all, mutually exclusive",
        "agents resume --agent a --for 30m, --for",
        "use-strategy configured --for 30m, 'leave out --for'",
        "serve --port 65536, 'ports are 0 to 65535'",
        "serve --admin-port none, 'ports are 0 to 65535'",
        "simulate --scenario flood, 'there is no ''flood''; there are healthy, '",
        "simulate --strategy best, 'there is no ''best''; there are adaptive, '",
        "simulate --load 0, '--load may be more than 0 and at most 10, not 0.0'",
        "simulate --load much, --load",
        "simulate --seeds 0, '--seeds may be 1 to 200, not 0'",
        "simulate --threads 0, '--threads may be 1 to 1000, not 0'",
        "simulate --trace poisson:speed=3, 'no parameter of poisson traffic'",
        "validate, 'Name the FILE to check'",
        "validate --schema f.yaml, '--schema takes no FILE'",
    })
    void wrong_usage_is_told_in_a_sentence_with_status_2(String line, String told) {
        Terminal.Result result = new Terminal(folder).type(line);

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).startsWith("tierway: ").contains(told).doesNotContain("\tat ");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void a_malformed_variable_is_wrong_usage_too() {
        Terminal.Result result =
                new Terminal(folder).with("TIERWAY_URL", "gateway").type("status");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("TIERWAY_URL: 'gateway' is no URL");
    }

    @Test
    void an_empty_text_is_wrong_usage() {
        Terminal.Result result = new Terminal(folder).run("call", "--tier", "mid", " ");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("TEXT is empty");
    }

    @Test
    void a_stack_trace_is_shown_only_on_request() {
        String line = "status --url http://127.0.0.1:1";

        assertThat(new Terminal(folder).type(line).err()).doesNotContain("\tat ");
        assertThat(new Terminal(folder).type(line + " --debug").err()).contains("\tat ");
        assertThat(new Terminal(folder).with("TIERWAY_DEBUG", "true").type(line).err())
                .contains("\tat ");
    }

    @Test
    void a_failure_nobody_foresaw_says_how_to_report_it() {
        assertThat(FailureText.of(new IllegalStateException("odd")))
                .isEqualTo("unexpected IllegalStateException: odd. Run it again with --debug to see where, and please"
                        + " report it.");
    }
}
