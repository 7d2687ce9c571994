package dev.tierway.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole runs on generated traffic: small, so that every contender meets every scenario in seconds. */
class ContendersScenario {
    private static final Experiment EXPERIMENT = Experiments.standard();
    private static final Trace TRACE = Traces.poisson(1200, 5.4, 5);

    private static TrialResult run(String scenario, double load, String contender) {
        return EXPERIMENT.run(new Trial(scenario, load, contender, 1), TRACE);
    }

    private static double p99(double[] millis) {
        double[] sorted = millis.clone();
        Arrays.sort(sorted);
        return sorted[(int) (0.99 * (sorted.length - 1))];
    }

    static List<String> contenders() {
        return EXPERIMENT.contenders();
    }

    static List<String> scenarios() {
        return EXPERIMENT.scenarios();
    }

    @ParameterizedTest
    @MethodSource("contenders")
    void every_contender_ends_every_call_in_every_scenario_and_does_it_again_for_the_same_seed(String contender) {
        for (String scenario : EXPERIMENT.scenarios()) {
            TrialResult result = run(scenario, 0.5, contender);
            assertThat(result.violations()).as(scenario).isEmpty();
            assertThat(result.calls()).isEqualTo(1200);
            assertThat(result.delivered()).isBetween(1L, 1200L);
            assertThat(result.ttftMillis()).hasSize((int) result.delivered());
            assertThat(result.totalMillis()).hasSize((int) result.delivered());
            assertThat(run(scenario, 0.5, contender).traceHash()).isEqualTo(result.traceHash());
        }
    }

    @ParameterizedTest
    @MethodSource("contenders")
    void another_seed_is_other_luck(String contender) {
        long hash = run("healthy", 0.5, contender).traceHash();
        assertThat(EXPERIMENT
                        .run(new Trial("healthy", 0.5, contender, 2), TRACE)
                        .traceHash())
                .isNotEqualTo(hash);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void no_contender_costs_less_than_the_clairvoyant_oracle_at_low_load(String scenario) {
        double best = run(scenario, 0.3, "oracle-clairvoyant").costUsd();
        for (String contender : EXPERIMENT.contenders()) {
            assertThat(run(scenario, 0.3, contender).costUsd()).as(contender).isGreaterThanOrEqualTo(0.995 * best);
        }
    }

    @Test
    void production_keeps_calls_whole_where_shuffle_with_cooldown_makes_them_wait() {
        TrialResult adaptive = run("black-hole", 0.3, "adaptive");
        TrialResult shuffle = run("black-hole", 0.3, "shuffle-cooldown");
        assertThat(p99(adaptive.ttftMillis())).isLessThan(0.5 * p99(shuffle.ttftMillis()));
        assertThat(adaptive.deadShare()).isLessThan(0.02);
        assertThat(shuffle.deadShare()).isGreaterThan(0.02);
        assertThat(adaptive.costUsd()).isLessThan(shuffle.costUsd());
    }

    @Test
    void an_oracle_sends_nothing_to_the_dead_and_is_back_at_once() {
        TrialResult oracle = run("provider-outage", 0.5, "oracle-parameters");
        assertThat(oracle.deadShare()).isZero();
        assertThat(oracle.detectSeconds()).isZero();
        assertThat(oracle.delivered()).isEqualTo(oracle.calls());
    }

    @Test
    void what_does_not_apply_is_null() {
        TrialResult healthy = run("healthy", 0.5, "adaptive");
        assertThat(healthy.detectSeconds()).isNull();
        assertThat(healthy.recoverSeconds()).isNull();
        assertThat(healthy.deadShare()).isNull();
        assertThat(run("provider-outage", 0.9, "adaptive").deadShare())
                .as("nobody else could carry it")
                .isNull();
    }

    @Test
    void in_a_total_outage_production_stays_within_its_retry_budget() {
        TrialResult result = run("total-outage", 0.5, "adaptive");
        assertThat(result.violations()).isEmpty();
        assertThat(result.attempts()).isLessThan(1250);
        assertThat(result.faultsHit()).containsKey("connect-timeout/before-headers");
    }

    @Test
    void a_price_step_is_paid_by_those_who_do_not_look_at_prices() {
        assertThat(run("price-x10", 0.3, "shuffle-cooldown").usd())
                .isGreaterThan(1.2 * run("healthy", 0.3, "shuffle-cooldown").usd());
        assertThat(run("price-x10", 0.3, "adaptive").usd())
                .isLessThan(1.1 * run("healthy", 0.3, "adaptive").usd());
    }

    @Test
    void trials_may_run_on_several_threads() {
        List<Trial> trials = List.of(
                new Trial("flapping", 0.7, "adaptive", 1),
                new Trial("brown-out", 0.7, "peak-ewma-p2c", 2),
                new Trial("flapping", 0.7, "random+spine", 3),
                new Trial("quota-exhausted", 0.7, "oracle-fixed-order", 4));
        Map<Trial, Long> alone = new LinkedHashMap<>();
        trials.forEach(trial -> alone.put(trial, EXPERIMENT.run(trial, TRACE).traceHash()));
        List<CompletableFuture<Long>> together = trials.stream()
                .map(trial -> CompletableFuture.supplyAsync(
                        () -> EXPERIMENT.run(trial, TRACE).traceHash()))
                .toList();
        for (int i = 0; i < trials.size(); i++) {
            assertThat(together.get(i).join()).isEqualTo(alone.get(trials.get(i)));
        }
    }

    @Test
    void what_is_unknown_is_refused_with_what_is_known() {
        assertThatThrownBy(() -> run("healthy", 0.5, "nobody")).hasMessageContaining("there are [adaptive");
        assertThatThrownBy(() -> run("flood", 0.5, "adaptive")).hasMessageContaining("there are [healthy");
        assertThatThrownBy(() -> run("healthy", -1, "adaptive")).hasMessageContaining("load");
    }

    @Test
    void prefix_blocks_make_caches_hit() {
        List<Arrival> chats = TRACE.arrivals().stream()
                .map(one -> new Arrival(one.atNanos(), 4096, 50, List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L)))
                .toList();
        TrialResult result = EXPERIMENT.run(new Trial("healthy", 0.3, "adaptive", 1), new Trace("chats", chats));
        assertThat(result.cachedTokens()).isGreaterThan(result.inputTokens() / 2);
    }
}
