package dev.tierway.domain.fleet;

import static dev.tierway.domain.fixture.Failures.failure;
import static dev.tierway.domain.fixture.Failures.retryAfter;
import static dev.tierway.domain.fixture.Replicas.replica;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.ManualClock;
import dev.tierway.domain.fixture.Operators;
import dev.tierway.domain.fixture.Past;
import dev.tierway.domain.operator.OperatorOrder;
import dev.tierway.domain.operator.OperatorOverlay;
import dev.tierway.domain.operator.Scope;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What operators' actions do to a running fleet. */
class OperatedFleetTest {
    private final ManualClock clock = new ManualClock();
    private final ReplicaRegistry registry = Fleet.of("p/m", "p/n", "q/m").registry();
    private final Past past = new Past(registry, clock);

    private Circuit.Phase circuit(String replica) {
        return past.view(replica).circuit(clock.nanos());
    }

    @Test
    void a_provider_drains_with_all_its_replicas_until_the_time_given() {
        long until = clock.nanos() + Duration.ofMinutes(30).toNanos();
        Operators.order(registry, Scope.provider("p"), new OperatorOrder.SetPhase(Phase.DRAINING), until);

        assertThat(past.view("p/m").phase()).isEqualTo(Phase.DRAINING);
        assertThat(past.view("p/n").phase()).isEqualTo(Phase.DRAINING);
        assertThat(past.view("q/m").phase()).isEqualTo(Phase.ACTIVE);
        clock.advance(Duration.ofMinutes(30));
        assertThat(past.view("p/m").phase()).as("needs nobody to end it").isEqualTo(Phase.ACTIVE);
    }

    @Test
    void active_goes_before_a_configured_phase_until_it_is_taken_back() {
        registry.swap(Fleet.fleet().with(replica("p/m").phase(Phase.STANDBY)).catalogue());
        Operators.phase(registry, Scope.replica("p/m"), Phase.ACTIVE);
        assertThat(past.view("p/m").phase()).isEqualTo(Phase.ACTIVE);

        Operators.phase(registry, Scope.replica("p/m"), null);
        assertThat(past.view("p/m").phase()).isEqualTo(Phase.STANDBY);
    }

    @Test
    void a_replica_that_comes_with_a_reload_is_under_the_orders_given_before() {
        Operators.phase(registry, Scope.provider("p"), Phase.DRAINING);

        registry.swap(Fleet.of("p/m", "p/new").catalogue());

        assertThat(past.view("p/new").phase()).isEqualTo(Phase.DRAINING);
        assertThat(registry.overlay().inForce(clock.nanos())).hasSize(1);
    }

    @Test
    void a_reset_closes_an_open_circuit_at_once_and_without_a_ramp() {
        past.failed("p/m", failure(FailureClass.TIMEOUT), 5).failed("q/m", failure(FailureClass.TIMEOUT), 5);
        assertThat(circuit("p/m")).isEqualTo(Circuit.Phase.OPEN);

        Operators.resetCircuit(registry, Scope.replica("p/m"));

        assertThat(circuit("p/m")).isEqualTo(Circuit.Phase.CLOSED);
        assertThat(circuit("q/m")).as("not of the scope").isEqualTo(Circuit.Phase.OPEN);
        past.failed("p/m", failure(FailureClass.TIMEOUT), 4);
        assertThat(circuit("p/m")).as("the record is clean").isEqualTo(Circuit.Phase.CLOSED);
    }

    @Test
    void a_reset_ends_a_ramp_and_leaves_a_closed_circuit_alone() {
        past.failed("p/m", failure(FailureClass.TIMEOUT), 5);
        clock.advance(Duration.ofSeconds(6));
        registry.committed(past.probing("p/m"), clock.nanos());
        assertThat(circuit("p/m")).isEqualTo(Circuit.Phase.RAMPING);
        Circuit closed = past.failed("p/n", failure(FailureClass.TIMEOUT), 1)
                .view("p/n")
                .state()
                .circuit();

        Operators.resetCircuit(registry, Scope.provider("p"));

        assertThat(circuit("p/m")).isEqualTo(Circuit.Phase.CLOSED);
        assertThat(past.view("p/n").state().circuit()).isEqualTo(closed);
    }

    @Test
    void a_straggler_from_before_a_reset_counts_no_more() {
        Permit straggler = past.entered("p/m");
        past.failed("p/m", failure(FailureClass.TIMEOUT), 5);
        Operators.resetCircuit(registry, Scope.replica("p/m"));
        past.failed("p/m", failure(FailureClass.TIMEOUT), 4);

        registry.release(
                straggler, new PermitOutcome.Failed(failure(FailureClass.TIMEOUT), true, 1, 1, 100), clock.nanos());

        assertThat(circuit("p/m")).isEqualTo(Circuit.Phase.CLOSED);
    }

    @Test
    void only_a_reset_of_the_provider_closes_its_credentials_circuit() {
        past.failed("p/m", failure(FailureClass.CREDENTIAL), 1);
        Operators.resetCircuit(registry, Scope.replica("p/m"));
        assertThat(circuit("p/n")).isEqualTo(Circuit.Phase.OPEN);

        Operators.resetCircuit(registry, Scope.provider("p"));
        assertThat(circuit("p/m")).isEqualTo(Circuit.Phase.CLOSED);
        assertThat(circuit("p/n")).isEqualTo(Circuit.Phase.CLOSED);
    }

    @Test
    void a_reset_is_done_once_however_often_it_is_told() {
        Operators.resetCircuit(registry, Scope.replica("p/m"));
        past.failed("p/m", failure(FailureClass.TIMEOUT), 5);

        registry.operate(registry.overlay());
        registry.operate(new OperatorOverlay(
                registry.overlay().number() + 1, registry.overlay().actions()));

        assertThat(circuit("p/m")).as("opened after the reset").isEqualTo(Circuit.Phase.OPEN);
    }

    @Test
    void who_knows_less_than_is_in_force_changes_nothing() {
        OperatorOverlay old = registry.overlay();
        Operators.phase(registry, Scope.replica("p/m"), Phase.DRAINING);

        registry.operate(old);

        assertThat(past.view("p/m").phase()).isEqualTo(Phase.DRAINING);
    }

    @Test
    void marked_healthy_a_replica_is_trusted_at_once_but_a_rest_the_vendor_asked_for_stays() {
        past.failed("p/m", failure(FailureClass.TIMEOUT), 5);
        past.failed("p/n", failure(FailureClass.RATE_LIMITED), 1);
        past.failed("q/m", retryAfter(FailureClass.RATE_LIMITED, 60_000), 1);
        Operators.mark(registry, Scope.provider("p"), false);
        assertThat(past.view("p/n").state().cooldown().active(clock.nanos())).isTrue();

        Operators.mark(registry, Scope.provider("p"), true);
        Operators.mark(registry, Scope.provider("q"), true);

        assertThat(past.view("p/m").standing().markedUnhealthy()).isNull();
        assertThat(circuit("p/m")).isEqualTo(Circuit.Phase.CLOSED);
        assertThat(past.view("p/n").state().cooldown().active(clock.nanos()))
                .as("guessed")
                .isFalse();
        assertThat(past.view("q/m").state().cooldown().active(clock.nanos()))
                .as("told")
                .isTrue();
    }

    @Test
    void actions_about_what_is_not_configured_do_nothing() {
        Operators.resetCircuit(registry, Scope.provider("gone"));
        Operators.phase(registry, Scope.model("gone"), Phase.DRAINING);

        assertThat(registry.snapshot(List.copyOf(registry.catalogue().replicas()), List.of(), clock.nanos())
                        .candidates())
                .allMatch(view -> view.phase() == Phase.ACTIVE);
    }
}
