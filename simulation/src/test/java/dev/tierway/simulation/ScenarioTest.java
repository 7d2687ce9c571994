package dev.tierway.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.simulation.world.FaultKind;
import dev.tierway.simulation.world.FaultMix;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A row each: who is faulted, how, when, and what the operator changes. */
class ScenarioTest {
    private static final long WINDOW = 600_000_000_000L;
    private static final long FROM = 180_000_000_000L;
    private static final long UNTIL = 420_000_000_000L;
    private static final long HALF_MINUTE = 30_000_000_000L;

    private final SizedFleet fleet =
            new SizedFleet(BuiltInFleet.fleet(), TraceFacts.of(Traces.poisson(1000, 5, 1)), 0.5);

    private Plot plot(String id) {
        return Scenario.of(id).plot(fleet, WINDOW);
    }

    private void assertFaults(String id, Effect effect, boolean dead, Integer... replicas) {
        Plot plot = plot(id);
        assertThat(plot.faulted()).containsExactly(replicas);
        assertThat(plot.faults())
                .containsExactlyElementsOf(List.of(replicas).stream()
                        .map(replica -> new Fault(replica, FROM, UNTIL, effect))
                        .toList());
        assertThat(plot.dead()).isEqualTo(dead);
        assertThat(plot.fromNanos()).isEqualTo(FROM);
        assertThat(plot.untilNanos()).isEqualTo(UNTIL);
    }

    @Test
    void there_are_eleven_and_no_others() {
        assertThat(Scenario.ids())
                .containsExactly(
                        "healthy",
                        "slow-replica",
                        "fast-failure",
                        "flapping",
                        "black-hole",
                        "provider-outage",
                        "total-outage",
                        "quota-exhausted",
                        "price-x10",
                        "replica-added-removed",
                        "brown-out");
        assertThatThrownBy(() -> Scenario.of("flood")).hasMessageContaining("there are [healthy");
    }

    @Test
    void healthy_faults_nobody() {
        assertThat(plot("healthy").faults()).isEmpty();
        assertThat(plot("healthy").changes()).isEmpty();
    }

    @Test
    void slow_replica_and_brown_out_are_slowness() {
        assertFaults("slow-replica", new Effect.Slow(5), false, 0);
        assertFaults("brown-out", new Effect.Slow(7), false, 0, 3);
    }

    @Test
    void fast_failure_black_hole_outages_and_exhaustion_are_failures() {
        assertFaults("fast-failure", new Effect.Fails(FaultMix.only(FaultKind.RATE_LIMITED)), true, 0);
        assertFaults("black-hole", new Effect.Fails(FaultMix.only(FaultKind.BLACK_HOLE)), true, 0);
        assertFaults("provider-outage", new Effect.Fails(FaultMix.DOWN), true, 0, 3);
        assertFaults("quota-exhausted", new Effect.Fails(FaultMix.only(FaultKind.ACCOUNT_EXHAUSTED)), true, 0, 3);
        assertFaults("total-outage", new Effect.Fails(FaultMix.DOWN), false, 0, 1, 2, 3, 4, 5);
    }

    @Test
    void flapping_alternates_every_thirty_seconds() {
        List<Fault> faults = plot("flapping").faults();
        assertThat(faults).hasSize(4);
        for (int i = 0; i < 4; i++) {
            assertThat(faults.get(i).fromNanos()).isEqualTo(FROM + 2 * i * HALF_MINUTE);
            assertThat(faults.get(i).untilNanos()).isEqualTo(FROM + (2 * i + 1) * HALF_MINUTE);
        }
    }

    @Test
    void a_price_step_is_true_and_configured() {
        assertFaults("price-x10", new Effect.Dear(10), false, 0);
        assertThat(plot("price-x10").changes())
                .containsExactly(
                        new Plot.Change(FROM, new Configuration(true, false, 10)),
                        new Plot.Change(UNTIL, Configuration.NORMAL));
        ReplicaId first = fleet.replica(0).id();
        long normal =
                fleet.catalogue(Configuration.NORMAL).replica(first).price().input();
        assertThat(fleet.catalogue(new Configuration(true, false, 10))
                        .replica(first)
                        .price()
                        .input())
                .isEqualTo(10 * normal);
    }

    @Test
    void a_replica_is_replaced_by_a_newcomer_and_comes_back() {
        Plot plot = plot("replica-added-removed");
        assertThat(plot.faults())
                .containsExactly(
                        new Fault(0, FROM, UNTIL, new Effect.Gone()), new Fault(6, FROM, UNTIL, new Effect.There()));
        Configuration during = plot.changes().getFirst().to();
        assertThat(fleet.catalogue(during).replicas())
                .extracting(replica -> replica.id().value())
                .contains("north/atlas-new")
                .doesNotContain("north/atlas");
        assertThat(plot.changes().getLast().to()).isEqualTo(Configuration.NORMAL);
    }
}
