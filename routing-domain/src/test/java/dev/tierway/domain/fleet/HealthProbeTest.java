package dev.tierway.domain.fleet;

import static dev.tierway.domain.fixture.Failures.failure;
import static dev.tierway.domain.fixture.Replicas.replica;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.ManualClock;
import dev.tierway.domain.fixture.Operators;
import dev.tierway.domain.fixture.Past;
import dev.tierway.domain.operator.Scope;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What looks at a server, beside its calls, do to a replica. */
class HealthProbeTest {
    private static final long VALID = Duration.ofSeconds(30).toNanos();

    private final ManualClock clock = new ManualClock();
    private final ReplicaRegistry registry = Fleet.of("p/m", "q/m").registry();
    private final Past past = new Past(registry, clock);

    private ProbeState probed(ProbeResult... results) {
        ProbeState state = probe();
        Replica replica = past.view("p/m").replica();
        for (ProbeResult result : results) {
            state = registry.probed(replica, result, clock.nanos(), VALID);
        }
        return state;
    }

    private ProbeState probe() {
        return past.view("p/m").probe();
    }

    private boolean unhealthy() {
        return probe().unhealthyUntilNanos(clock.nanos()) != null;
    }

    @ParameterizedTest
    @EnumSource(
            value = ProbeResult.class,
            names = {"UNREACHABLE", "TIMED_OUT", "FAULTY"})
    void two_failures_in_a_row_mark_it_and_one_answer_clears_it(ProbeResult dead) {
        assertThat(probed(dead).failures()).isEqualTo(1);
        assertThat(unhealthy()).as("one lost packet is no verdict").isFalse();

        probed(dead);
        assertThat(unhealthy()).isTrue();
        assertThat(probe().unhealthyUntilNanos(clock.nanos())).isEqualTo(clock.nanos() + VALID);
        assertThat(probe().last()).isEqualTo(dead);
        assertThat(probe().probedNanos()).isEqualTo(clock.nanos());

        probed(ProbeResult.ALIVE);
        assertThat(unhealthy()).isFalse();
        probed(dead);
        assertThat(unhealthy()).as("counted from the start again").isFalse();
    }

    @Test
    void a_server_that_does_not_list_the_model_lives() {
        probed(ProbeResult.TIMED_OUT, ProbeResult.TIMED_OUT, ProbeResult.MODEL_NOT_LISTED);

        assertThat(unhealthy()).isFalse();
        assertThat(probe().resultAt(clock.nanos())).isEqualTo(ProbeResult.MODEL_NOT_LISTED);
    }

    @Test
    void a_verdict_expires_without_anybody_asking() {
        probed(ProbeResult.UNREACHABLE, ProbeResult.UNREACHABLE);
        clock.advance(Duration.ofNanos(VALID - 1));
        assertThat(unhealthy()).isTrue();

        clock.advance(Duration.ofNanos(1));
        assertThat(unhealthy()).as("unknown is not unhealthy").isFalse();
        assertThat(probe().resultAt(clock.nanos())).isNull();

        probed(ProbeResult.UNREACHABLE);
        assertThat(probe().failures()).as("what expired is not counted on").isEqualTo(1);
    }

    @Test
    void an_answer_that_tells_nothing_changes_no_verdict_and_prolongs_none() {
        assertThat(probed(ProbeResult.INCONCLUSIVE).last()).isEqualTo(ProbeResult.INCONCLUSIVE);
        probed(ProbeResult.INCONCLUSIVE, ProbeResult.INCONCLUSIVE);
        assertThat(unhealthy()).isFalse();

        ProbeState dead = probed(ProbeResult.FAULTY, ProbeResult.FAULTY);
        clock.advance(Duration.ofSeconds(1));
        assertThat(probed(ProbeResult.INCONCLUSIVE)).isEqualTo(dead);
        assertThat(unhealthy()).isTrue();
    }

    @Test
    void a_delivered_call_is_better_evidence_than_any_probe() {
        probed(ProbeResult.FAULTY, ProbeResult.FAULTY);
        past.failed("p/m", failure(FailureClass.TIMEOUT), 1);
        assertThat(unhealthy()).isTrue();

        past.delivered("p/m", 1);
        assertThat(probe()).isEqualTo(ProbeState.UNPROBED);

        ProbeState alive = probed(ProbeResult.ALIVE);
        past.delivered("p/m", 1);
        assertThat(probe()).isEqualTo(alive);
    }

    @ParameterizedTest
    @EnumSource(ProbeResult.class)
    void probes_teach_neither_success_nor_latency_nor_circuit(ProbeResult result) {
        past.delivered("p/m", 3);
        ReplicaView before = past.view("p/m");

        probed(result, result, result, result, result, result);

        ReplicaView after = past.view("p/m");
        assertThat(after.state()).isEqualTo(before.state());
        assertThat(after.modelState()).isEqualTo(before.modelState());
        assertThat(after.provider()).isEqualTo(before.provider());
        assertThat(past.view("q/m").probe()).isEqualTo(ProbeState.UNPROBED);
    }

    @Test
    void a_reload_keeps_what_is_known_of_an_unchanged_replica_only() {
        ProbeState dead = probed(ProbeResult.FAULTY, ProbeResult.FAULTY);

        registry.swap(Fleet.fleet().with(replica("p/m").weight(7)).catalogue());
        assertThat(probe()).isEqualTo(dead);

        registry.swap(Fleet.fleet().provider("p", "openai").with(replica("p/m")).catalogue());
        assertThat(probe()).isEqualTo(ProbeState.UNPROBED);
    }

    @Test
    void an_operator_who_marks_it_healthy_is_believed_until_two_more_fail() {
        probed(ProbeResult.FAULTY, ProbeResult.FAULTY);
        Operators.resetCircuit(registry, Scope.replica("p/m"));
        assertThat(unhealthy()).as("a circuit is something else").isTrue();

        Operators.mark(registry, Scope.replica("p/m"), true);
        assertThat(probe()).isEqualTo(ProbeState.UNPROBED);

        probed(ProbeResult.FAULTY, ProbeResult.FAULTY);
        assertThat(unhealthy()).isTrue();
    }

    @Test
    void a_result_for_a_replica_that_was_configured_away_is_of_no_effect() {
        Replica gone = Objects.requireNonNull(registry.catalogue().replica(new ReplicaId("q/m")));
        registry.swap(Fleet.of("p/m").catalogue());

        assertThat(registry.probed(gone, ProbeResult.FAULTY, clock.nanos(), VALID))
                .isEqualTo(ProbeState.UNPROBED);
    }
}
