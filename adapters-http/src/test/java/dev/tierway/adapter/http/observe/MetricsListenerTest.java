package dev.tierway.adapter.http.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.http.Selections;
import dev.tierway.adapter.http.admin.FakeHistory;
import dev.tierway.application.port.out.LedgerRow;
import dev.tierway.application.port.out.ProbeReport;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fleet.ProbeResult;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.routing.Refusal;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

class MetricsListenerTest {
    private static final long MILLI = 1_000_000;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final MetricsListener metrics = new MetricsListener(registry, () -> Selections.START_NANOS + 200 * MILLI);

    private static LedgerRow row(TokenUsage usage, NanoUsd cost, FailureClass failure) {
        return FakeHistory.row(1, usage, cost, failure);
    }

    @Test
    void a_delivered_call_is_counted_and_timed() {
        metrics.finished(Selections.delivered("dec_1", "r1", true, Selections.COST));
        assertThat(registry.scrape())
                .contains(
                        "tierway_calls_total{code=\"none\",model=\"gpt-x\",outcome=\"delivered\",tier=\"mid\",use_case=\"chat\"}"
                            + " 1.0")
                .contains("tierway_call_duration_seconds_sum{outcome=\"delivered\",tier=\"mid\"} 0.2")
                .contains("tierway_time_to_first_token_seconds_sum{model=\"gpt-x\",tier=\"mid\"} 0.04")
                .contains("tierway_overhead_seconds_sum 0.001")
                .contains("tierway_unpriced_calls_total 0.0");
    }

    @Test
    void a_probe_is_counted_by_what_it_found() {
        metrics.probed(new ProbeReport(Selections.WEST.id(), ProbeResult.TIMED_OUT, true, true));
        metrics.probed(new ProbeReport(Selections.WEST.id(), ProbeResult.TIMED_OUT, true, false));
        assertThat(registry.scrape())
                .contains("tierway_probe_results_total{replica=\"west/gpt-x\",result=\"timed_out\"} 2.0");
    }

    @Test
    void a_unary_call_has_no_first_token() {
        metrics.finished(Selections.delivered("dec_1", "r1", false, Selections.COST));
        assertThat(registry.scrape()).doesNotContain("time_to_first_token");
    }

    @Test
    void a_spillover_names_both_models_and_why() {
        metrics.finished(Selections.spilled("dec_1", "r1"));
        assertThat(registry.scrape())
                .contains("tierway_spillovers_total{class=\"overloaded\",from_model=\"gpt-x\",to_model=\"gpt-x\"} 1.0")
                // A millisecond before each of the two requests left, and ten between the two attempts.
                .contains("tierway_overhead_seconds_sum 0.012");
    }

    @Test
    void an_unknown_cost_is_counted_and_not_taken_for_zero() {
        metrics.finished(Selections.delivered("dec_1", "r1", false, null));
        metrics.attemptEnded(row(null, null, null));
        assertThat(registry.scrape())
                .contains("tierway_unpriced_calls_total 1.0")
                .doesNotContain("tierway_cost_usd_total")
                .doesNotContain("tierway_tokens_total");
    }

    @Test
    void a_failed_call_has_its_code() {
        metrics.finished(Selections.exhausted("dec_1", "r1", Selections.failure(FailureClass.RATE_LIMITED, 429)));
        metrics.finished(Selections.refused("dec_2", "r2", Refusal.Reason.NO_HEALTHY_REPLICA, null));
        assertThat(registry.scrape())
                .contains("code=\"upstream_rate_limited\",model=\"gpt-x\",outcome=\"exhausted\"")
                .contains("code=\"no_healthy_replica\"")
                .contains("outcome=\"refused\"");
    }

    @Test
    void attempts_tokens_and_cost_come_from_the_account_book() {
        metrics.attemptEnded(row(Selections.USAGE, Selections.COST, null));
        metrics.attemptEnded(row(null, null, FailureClass.TIMEOUT));
        assertThat(registry.scrape())
                .contains("tierway_attempts_total{class=\"delivered\",replica=\"west/gpt-x\"} 1.0")
                .contains("tierway_attempts_total{class=\"timeout\",replica=\"west/gpt-x\"} 1.0")
                .contains("tierway_tokens_total{kind=\"input\",model=\"gpt-x\"} 6.0")
                .contains("tierway_tokens_total{kind=\"cached_input\",model=\"gpt-x\"} 4.0")
                .contains("tierway_tokens_total{kind=\"output\",model=\"gpt-x\"} 15.0")
                .contains("tierway_tokens_total{kind=\"reasoning\",model=\"gpt-x\"} 5.0")
                .contains("tierway_cost_usd_total{model=\"gpt-x\",provider=\"west\"} 0.005535");
    }

    @Test
    void names_that_callers_make_up_dont_become_series_without_end() {
        MeterFamily<String> family = new MeterFamily<>(
                java.util.List.of("use_case"), tags -> tags.iterator().next().getValue());
        for (int i = 0; i < 5000; i++) {
            family.of("u" + i);
        }
        assertThat(family.of("u1")).isEqualTo("u1");
        assertThat(family.of("u4999")).isEqualTo("other");
        assertThat(family.of("new")).isEqualTo("other");
    }
}
