package dev.tierway.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.catalogue.UseCase;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.Replicas;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.routing.RoutingPolicy;
import dev.tierway.simulation.world.Pace;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A fleet of one's own: prices unknown, no concurrency, one limit shared by two replicas. */
class WhatIfTest {
    private static final Trace TRACE = Traces.poisson(800, 5, 2);
    private static final Catalogue CATALOGUE = Fleet.of()
            .domain("org", Limit.per(Dimension.TOKENS, 400_000, Duration.ofMinutes(1)))
            .with(Replicas.replica("a/m").unpriced().domain("org"))
            .with(Replicas.replica("b/m").price("3", "15").limit(10).domain("org"))
            .with(Replicas.replica("box/m").local().unpriced().limit(4))
            .catalogue();

    private static Experiment experiment(Map<ReplicaId, Pace> paces) {
        return Experiments.of(CATALOGUE, RoutingPolicy.DEFAULTS, ModelTier.MID, UseCase.CHAT, paces);
    }

    @Test
    void every_scenario_runs_on_it_and_no_invariant_breaks() {
        for (String scenario : experiment(Map.of()).scenarios()) {
            TrialResult result = experiment(Map.of()).run(new Trial(scenario, 0.5, "adaptive", 1), TRACE);
            assertThat(result.violations()).as(scenario).isEmpty();
            assertThat(result.delivered()).as(scenario).isPositive();
        }
    }

    @Test
    void given_paces_are_taken_for_the_truth() {
        Trial trial = new Trial("healthy", 0.3, "oracle-parameters", 1);
        Map<ReplicaId, Pace> slow = Map.of(
                new ReplicaId("a/m"), Pace.millis(9000, 0, 10),
                new ReplicaId("b/m"), Pace.millis(9000, 0, 10),
                new ReplicaId("box/m"), Pace.millis(9000, 0, 10));
        assertThat(experiment(slow).run(trial, TRACE).ttftMillis()[0]).isGreaterThan(3000);
        assertThat(experiment(Map.of()).run(trial, TRACE).ttftMillis()[0]).isLessThan(3000);
    }

    @Test
    void a_tier_nobody_serves_is_refused_with_what_to_do() {
        assertThatThrownBy(() ->
                        Experiments.of(CATALOGUE, RoutingPolicy.DEFAULTS, ModelTier.FRONTIER, UseCase.CHAT, Map.of()))
                .hasMessageContaining("no replica of tier frontier serves chat");
    }
}
