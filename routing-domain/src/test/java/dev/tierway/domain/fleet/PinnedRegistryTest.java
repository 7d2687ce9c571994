package dev.tierway.domain.fleet;

import static dev.tierway.domain.fixture.Failures.failure;
import static dev.tierway.domain.fixture.Replicas.replica;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.ManualClock;
import dev.tierway.domain.fixture.Operators;
import dev.tierway.domain.fixture.Past;
import dev.tierway.domain.operator.Scope;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A call's own view of the fleet, and what outlives a change of configuration. */
class PinnedRegistryTest {
    private final ManualClock clock = new ManualClock();
    private final ReplicaRegistry registry = Fleet.of("p/m", "q/m").registry();
    private final ReplicaRegistry pinned = registry.pinned();
    private final Replica p = registry.catalogue().replica(new ReplicaId("p/m"));

    private List<ReplicaView> seen(ReplicaRegistry by) {
        return by.snapshot(List.of(p), List.of(), clock.nanos()).candidates();
    }

    @Test
    void what_was_configured_away_is_still_there_for_a_call_that_began_before() {
        registry.swap(Fleet.of("q/m").catalogue());

        assertThat(seen(registry)).isEmpty();
        assertThat(seen(pinned)).hasSize(1);
        assertThat(pinned.catalogue().modelOf(p).id().value()).isEqualTo("m");
        assertThat(List.of(pinned.generation(), registry.generation())).containsExactly(1L, 2L);
        assertThat(registry.pinned().generation()).isEqualTo(2);
        assertThat(pinned.pinned().generation()).isEqualTo(1);
    }

    @Test
    void operators_orders_given_later_reach_it() {
        registry.swap(Fleet.of("p/other").catalogue());

        Operators.phase(registry, Scope.provider("p"), Phase.DRAINING);
        assertThat(seen(pinned).getFirst().phase()).isEqualTo(Phase.DRAINING);

        Operators.phase(registry, Scope.provider("p"), null);
        assertThat(seen(pinned).getFirst().phase()).isEqualTo(Phase.ACTIVE);
        assertThat(seen(registry.pinned())).as("not of this configuration").isEmpty();
    }

    @Test
    void attempts_under_both_configurations_count_at_the_same_replica() {
        registry.swap(Fleet.fleet().with(replica("p/m").weight(7)).catalogue());

        new Past(pinned, clock).entered("p/m");

        assertThat(seen(registry).getFirst().state().inFlight()).isEqualTo(1);
    }

    @Test
    void numbers_only_rise() {
        registry.swap(Fleet.of("p/m").catalogue(), 41);

        assertThat(registry.generation()).isEqualTo(41);
        assertThatThrownBy(() -> registry.swap(Fleet.of("p/m").catalogue(), 41))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("generation 41 can't follow 41");
        assertThat(registry.swap(Fleet.of("p/m").catalogue())).isEqualTo(42);
        assertThat(new ReplicaRegistry(Fleet.of("p/m").catalogue(), 9).generation())
                .isEqualTo(9);
    }

    private static Fleet reaching(String place, String account) {
        return Fleet.of("p/m").reaching("p", place, account);
    }

    private static ReplicaRegistry distrusted(ManualClock clock) {
        ReplicaRegistry registry = reaching("here", "me").registry();
        new Past(registry, clock).failed("p/m", failure(FailureClass.TIMEOUT), 5);
        new Past(registry, clock).failed("p/m", failure(FailureClass.CREDENTIAL), 1);
        return registry;
    }

    private Circuit.Phase credential(ReplicaView view) {
        return view.provider().circuit().phase(clock.nanos(), view.accountCircuit());
    }

    private Circuit.Phase own(ReplicaView view) {
        return view.state().circuit().phase(clock.nanos(), view.replica().circuit());
    }

    @Test
    void a_new_credential_is_trusted_and_the_replica_is_what_it_was() {
        ReplicaRegistry changed = distrusted(clock);
        changed.swap(reaching("here", "somebody else").catalogue());

        ReplicaView after = new Past(changed, clock).view("p/m");
        assertThat(credential(after)).isEqualTo(Circuit.Phase.CLOSED);
        assertThat(own(after)).isEqualTo(Circuit.Phase.OPEN);
    }

    @Test
    void another_place_is_another_replica() {
        ReplicaRegistry changed = distrusted(clock);
        changed.swap(reaching("there", "me").catalogue());

        ReplicaView after = new Past(changed, clock).view("p/m");
        assertThat(credential(after)).isEqualTo(Circuit.Phase.CLOSED);
        assertThat(own(after)).isEqualTo(Circuit.Phase.CLOSED);
    }

    @Test
    void the_same_reach_keeps_everything() {
        ReplicaRegistry kept = distrusted(clock);
        kept.swap(reaching("here", "me").catalogue());

        ReplicaView after = new Past(kept, clock).view("p/m");
        assertThat(credential(after)).isEqualTo(Circuit.Phase.OPEN);
        assertThat(own(after)).isEqualTo(Circuit.Phase.OPEN);
    }
}
