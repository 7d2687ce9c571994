package dev.tierway.domain.fleet;

import static dev.tierway.domain.fixture.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tierway.domain.catalogue.CircuitSettings;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.ManualClock;
import dev.tierway.domain.fixture.Past;
import dev.tierway.domain.fixture.Replicas;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Section 7 of routing.md, through the registry's doors. */
class CircuitTest {
    private final ManualClock clock = new ManualClock();
    private ReplicaRegistry registry = Fleet.of("p/m").registry();
    private Past past = new Past(registry, clock);

    private Circuit circuit() {
        return past.view("p/m").state().circuit();
    }

    private Circuit.Phase phase() {
        return past.view("p/m").circuit(clock.nanos());
    }

    private void fail(Permit permit) {
        end(permit, FailureClass.TIMEOUT);
    }

    private void end(Permit permit, FailureClass kind) {
        registry.release(permit, new PermitOutcome.Failed(failure(kind), true, 1, 1, 10), clock.nanos());
    }

    private void succeed(Permit permit) {
        registry.release(permit, new PermitOutcome.Succeeded(true, 1, 2, 10, 10), clock.nanos());
    }

    private void trip() {
        past.failed("p/m", failure(FailureClass.TIMEOUT), 5);
    }

    /** Lets the open time pass. */
    private void halfOpen() {
        clock.advanceTo(circuit().openUntilNanos());
    }

    @Test
    void opens_after_five_counted_failures_in_a_row() {
        past.failed("p/m", failure(FailureClass.TIMEOUT), 4);
        assertThat(phase()).isEqualTo(Circuit.Phase.CLOSED);

        past.failed("p/m", failure(FailureClass.UPSTREAM_FAULT), 1);
        assertThat(phase()).isEqualTo(Circuit.Phase.OPEN);
        assertThat(circuit().cause()).isEqualTo(FailureClass.UPSTREAM_FAULT);
    }

    @Test
    void a_success_in_between_starts_the_count_again() {
        past.delivered("p/m", 60)
                .failed("p/m", failure(FailureClass.TIMEOUT), 4)
                .delivered("p/m", 1)
                .failed("p/m", failure(FailureClass.TIMEOUT), 4);

        assertThat(phase()).isEqualTo(Circuit.Phase.CLOSED);
    }

    @Test
    void opens_below_four_fifths_of_success_within_thirty_seconds() {
        past.delivered("p/m", 3).failed("p/m", failure(FailureClass.TIMEOUT), 1);
        assertThat(phase()).as("three of four, but too few").isEqualTo(Circuit.Phase.CLOSED);

        past.delivered("p/m", 1);
        assertThat(phase()).as("four of five").isEqualTo(Circuit.Phase.CLOSED);
        past.failed("p/m", failure(FailureClass.TIMEOUT), 1);
        assertThat(phase()).as("four of six").isEqualTo(Circuit.Phase.OPEN);
    }

    @Test
    void results_older_than_the_window_do_not_count() {
        past.delivered("p/m", 2).failed("p/m", failure(FailureClass.TIMEOUT), 2);
        clock.advance(Duration.ofSeconds(31));

        past.delivered("p/m", 4).failed("p/m", failure(FailureClass.TIMEOUT), 1);

        assertThat(phase()).isEqualTo(Circuit.Phase.CLOSED);
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureClass.class,
            names = {"INVALID_REQUEST", "CONTEXT_TOO_LONG", "CONTENT_POLICY", "RATE_LIMITED", "CANCELLED", "INTERNAL"})
    void what_is_not_the_replicas_fault_never_opens_it(FailureClass kind) {
        past.failed(
                "p/m",
                new dev.tierway.domain.failure.Failure(
                        kind,
                        dev.tierway.domain.failure.Failure.Scope.REPLICA,
                        dev.tierway.domain.failure.Processed.YES,
                        400,
                        0L,
                        null,
                        ""),
                100);

        assertThat(phase()).isEqualTo(Circuit.Phase.CLOSED);
        assertThat(past.view("p/m").failuresAt(clock.nanos())).isZero();
        assertThat(past.view("p/m").state().errors()).isZero();
    }

    @Test
    void stays_open_five_seconds_and_a_tenth_of_jitter_at_most() {
        trip();

        assertThat(circuit().openUntilNanos() - clock.nanos()).isBetween(5_000_000_000L, 5_500_000_000L);
    }

    @Test
    void jitter_differs_by_replica_and_by_opening() {
        List<Long> spans = new ArrayList<>();
        for (String id : List.of("a/m", "b/m", "c/m")) {
            Past other = new Past(Fleet.of(id).registry(), clock);
            other.failed(id, failure(FailureClass.TIMEOUT), 5);
            spans.add(other.view(id).state().circuit().openUntilNanos());
        }

        assertThat(spans).doesNotHaveDuplicates();
    }

    @Test
    void half_opens_by_time_alone_and_says_so_without_any_traffic() {
        trip();
        assertThat(phase()).isEqualTo(Circuit.Phase.OPEN);

        halfOpen();

        assertThat(phase()).isEqualTo(Circuit.Phase.HALF_OPEN);
        assertThat(past.view("p/m").openUntilNanos(clock.nanos())).isNull();
    }

    @Test
    void admits_one_probe_at_a_time() {
        trip();
        halfOpen();
        Permit probe = past.probing("p/m");

        assertThat(probe.probe()).isTrue();
        assertThat(enter()).isInstanceOf(PermitResult.Refused.class);
        registry.release(probe, new PermitOutcome.Unused(), clock.nanos());
        assertThat(enter()).isInstanceOf(PermitResult.Granted.class);
    }

    private PermitResult enter() {
        Replicas replica = Replicas.replica("p/m");
        return registry.acquire(
                new PermitRequest(replica.build(), false, true, false, new RetryBudget.Rule(0.2, 3)), clock.nanos());
    }

    @Test
    void a_probe_that_says_nothing_about_health_leaves_it_half_open() {
        trip();
        halfOpen();

        end(past.probing("p/m"), FailureClass.INVALID_REQUEST);

        assertThat(phase()).isEqualTo(Circuit.Phase.HALF_OPEN);
        assertThat(enter()).isInstanceOf(PermitResult.Granted.class);
    }

    @Test
    void closes_at_the_probes_commit_and_ramps_from_a_tenth_to_all_in_thirty_seconds() {
        trip();
        halfOpen();
        Permit probe = past.probing("p/m");

        registry.committed(probe, clock.nanos());

        assertThat(phase()).isEqualTo(Circuit.Phase.RAMPING);
        assertThat(share()).isEqualTo(0.1);
        clock.advance(Duration.ofSeconds(15));
        assertThat(share()).isCloseTo(0.55, within(1e-9));
        clock.advance(Duration.ofSeconds(15));
        assertThat(phase()).isEqualTo(Circuit.Phase.CLOSED);
        assertThat(share()).isEqualTo(1);
    }

    private double share() {
        return circuit().admittedShare(clock.nanos(), CircuitSettings.DEFAULTS);
    }

    @Test
    void doubles_with_every_opening_up_to_five_minutes() {
        trip();
        List<Long> seconds = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            seconds.add((circuit().openUntilNanos() - clock.nanos()) / 1_000_000_000L);
            halfOpen();
            fail(past.probing("p/m"));
        }

        List<Integer> expected = List.of(5, 10, 20, 40, 80, 160, 300, 300, 300);
        for (int i = 0; i < expected.size(); i++) {
            long least = expected.get(i);
            assertThat(seconds.get(i)).as("opening " + i).isBetween(least, least + least / 10);
        }
    }

    @Test
    void forgets_its_openings_after_a_minute_closed() {
        trip();
        halfOpen();
        fail(past.probing("p/m"));
        halfOpen();
        registry.committed(past.probing("p/m"), clock.nanos());
        clock.advance(Duration.ofSeconds(59));
        past.failed("p/m", failure(FailureClass.TIMEOUT), 5);
        assertThat(circuit().openings()).isEqualTo(3);

        halfOpen();
        registry.committed(past.probing("p/m"), clock.nanos());
        clock.advance(Duration.ofSeconds(61));
        past.failed("p/m", failure(FailureClass.TIMEOUT), 5);
        assertThat(circuit().openings()).isEqualTo(1);
    }

    @Test
    void a_straggler_from_before_it_opened_neither_closes_nor_prolongs_it() {
        Permit slowSuccess = past.entered("p/m");
        Permit slowFailure = past.entered("p/m");
        trip();
        long until = circuit().openUntilNanos();

        registry.committed(slowSuccess, clock.nanos());
        succeed(slowSuccess);
        assertThat(phase()).isEqualTo(Circuit.Phase.OPEN);

        halfOpen();
        fail(slowFailure);
        assertThat(phase()).isEqualTo(Circuit.Phase.HALF_OPEN);
        assertThat(circuit().openUntilNanos()).isEqualTo(until);
    }

    @Test
    void a_probe_of_an_earlier_half_opening_cannot_close_a_later_one() {
        trip();
        halfOpen();
        Permit early = past.probing("p/m");
        past.failed("p/m", failure(FailureClass.MISCONFIGURED), 1);

        registry.committed(early, clock.nanos());

        assertThat(phase()).isEqualTo(Circuit.Phase.OPEN);
        succeed(early);
        assertThat(past.view("p/m").state().inFlight()).isZero();
    }

    @Test
    void an_answer_to_somebody_who_ignored_that_it_is_open_closes_it() {
        trip();
        Permit pinned = past.entered("p/m");
        assertThat(pinned.probe()).isFalse();

        registry.committed(pinned, clock.nanos());
        succeed(pinned);

        assertThat(phase()).isEqualTo(Circuit.Phase.RAMPING);
    }

    @Test
    void a_straggler_that_ends_after_it_closed_again_counts_for_nothing() {
        Permit slowFailure = past.entered("p/m");
        Permit slowSuccess = past.entered("p/m");
        trip();
        halfOpen();
        Permit probe = past.probing("p/m");
        registry.committed(probe, clock.nanos());
        succeed(probe);
        past.failed("p/m", failure(FailureClass.TIMEOUT), 1);
        assertThat(circuit().consecutive()).isEqualTo(1);

        fail(slowFailure);
        assertThat(circuit().consecutive()).isEqualTo(1);
        succeed(slowSuccess);
        assertThat(circuit().consecutive()).isEqualTo(1);
    }

    @Test
    void an_attempt_that_ignores_health_and_fails_does_not_prolong_it() {
        trip();
        long until = circuit().openUntilNanos();
        clock.advance(Duration.ofSeconds(2));

        past.failed("p/m", failure(FailureClass.TIMEOUT), 3);

        assertThat(circuit().openUntilNanos()).isEqualTo(until);
        assertThat(past.view("p/m").openUntilNanos(clock.nanos())).isEqualTo(until);
    }

    @Test
    void a_stream_counts_once_at_its_end_not_when_it_commits() {
        past.failed("p/m", failure(FailureClass.TIMEOUT), 3);
        Permit stream = past.entered("p/m");
        registry.committed(stream, clock.nanos());
        assertThat(circuit().consecutive()).isEqualTo(3);
        assertThat(past.view("p/m").successesAt(clock.nanos())).isZero();

        end(stream, FailureClass.STREAM_BROKEN);
        assertThat(circuit().consecutive()).isEqualTo(4);
        assertThat(past.view("p/m").successesAt(clock.nanos())).isZero();
    }

    @Test
    void a_wrong_credential_opens_every_replica_of_the_provider_and_one_probe_closes_them() {
        registry = Fleet.of("p/m", "p/other", "q/m").registry();
        past = new Past(registry, clock);

        past.failed("p/m", failure(FailureClass.CREDENTIAL), 1);

        assertThat(phase()).isEqualTo(Circuit.Phase.OPEN);
        assertThat(past.view("p/other").circuit(clock.nanos())).isEqualTo(Circuit.Phase.OPEN);
        assertThat(past.view("q/m").circuit(clock.nanos())).isEqualTo(Circuit.Phase.CLOSED);

        clock.advance(Duration.ofMillis(5600));
        Permit probe = past.probing("p/other");
        assertThat(enter()).as("one probe for the credential").isInstanceOf(PermitResult.Refused.class);
        registry.committed(probe, clock.nanos());
        assertThat(phase()).isEqualTo(Circuit.Phase.RAMPING);
    }

    @Test
    void an_exhausted_account_and_a_wrong_configuration_rest_five_minutes_doubling_to_an_hour() {
        past.failed("p/m", failure(FailureClass.ACCOUNT_EXHAUSTED), 1);
        ProviderState provider = past.view("p/m").provider();
        assertThat(provider.circuit().openUntilNanos() - clock.nanos()).isBetween(300_000_000_000L, 330_000_000_000L);

        past.failed("p/m", failure(FailureClass.MISCONFIGURED), 1);
        List<Long> minutes = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            minutes.add((circuit().openUntilNanos() - clock.nanos()) / 60_000_000_000L);
            halfOpen();
            past.failed("p/m", failure(FailureClass.MISCONFIGURED), 1);
        }
        assertThat(minutes.getFirst()).isEqualTo(5);
        assertThat(minutes.getLast()).isBetween(60L, 66L);
    }

    @Test
    void several_answers_with_the_same_cause_open_it_once() {
        List<Permit> permits = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            permits.add(past.entered("p/m"));
        }

        permits.forEach(permit -> end(permit, FailureClass.CREDENTIAL));

        assertThat(past.view("p/m").provider().circuit().openings()).isEqualTo(1);
    }

    @Test
    void more_probes_may_be_asked_for() {
        CircuitSettings two = new CircuitSettings(
                5,
                0.8,
                Duration.ofSeconds(30),
                5,
                Duration.ofSeconds(5),
                Duration.ofSeconds(300),
                2,
                Duration.ofSeconds(30));
        registry = Fleet.fleet().with(Replicas.replica("p/m").circuit(two)).registry();
        past = new Past(registry, clock);
        trip();
        halfOpen();

        Permit first = past.probing("p/m");
        registry.committed(first, clock.nanos());
        succeed(first);
        assertThat(phase()).isEqualTo(Circuit.Phase.HALF_OPEN);

        registry.committed(past.probing("p/m"), clock.nanos());
        assertThat(phase()).isEqualTo(Circuit.Phase.RAMPING);
    }
}
