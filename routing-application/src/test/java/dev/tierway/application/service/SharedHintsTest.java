package dev.tierway.application.service;

import static dev.tierway.domain.fixture.Failures.failure;
import static dev.tierway.domain.fixture.Failures.retryAfter;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.port.out.FleetHints;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.failure.Processed;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.ManualClock;
import dev.tierway.domain.fixture.Past;
import dev.tierway.domain.fleet.Circuit;
import dev.tierway.domain.fleet.FleetHint;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.fleet.ReplicaView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Two instances that hear each other at once. */
class SharedHintsTest {
    private static final ReplicaId ID = new ReplicaId("p/m");

    private final ManualClock clock = new ManualClock();
    private final List<FleetHint> published = new ArrayList<>();
    private final Instance one = new Instance();
    private final Instance other = new Instance();

    private final class Instance implements FleetHints {
        final ReplicaRegistry registry = Fleet.of("p/m", "p/n", "q/m").registry();
        final Past past = new Past(registry, clock);
        final SharedHints hints = new SharedHints(registry, this, clock::nanos);
        Consumer<FleetHint> listener = hint -> {};

        Instance() {
            hints.start();
        }

        void failed(String replica, Failure failure) {
            past.failed(replica, failure, 1);
            hints.noticed(new ReplicaId(replica), failure.failureClass());
        }

        ReplicaView view(String replica) {
            return registry.snapshot(
                            List.of(registry.catalogue().replica(new ReplicaId(replica))), List.of(), clock.nanos())
                    .candidates()
                    .getFirst();
        }

        Circuit.Phase phase(String replica) {
            ReplicaView view = view(replica);
            return view.state().circuit().phase(clock.nanos(), view.replica().circuit());
        }

        @Override
        public void publish(FleetHint hint) {
            published.add(hint);
            (this == one ? other : one).listener.accept(hint);
        }

        @Override
        public void subscribe(Consumer<FleetHint> heard) {
            listener = heard;
        }

        @Override
        public void close() {}
    }

    @Test
    void a_replica_told_to_rest_here_rests_there_for_as_long() {
        one.failed("p/m", retryAfter(FailureClass.RATE_LIMITED, 12_000));

        assertThat(other.view("p/m").state().cooldown().active(clock.nanos())).isTrue();
        assertThat(other.view("p/n").state().cooldown().active(clock.nanos())).isFalse();
        clock.advance(Duration.ofMillis(11_999));
        assertThat(other.view("p/m").state().cooldown().active(clock.nanos())).isTrue();
        clock.advance(Duration.ofMillis(1));
        assertThat(other.view("p/m").state().cooldown().active(clock.nanos())).isFalse();
    }

    @Test
    void nobody_believes_another_for_more_than_five_minutes() {
        one.failed("p/m", retryAfter(FailureClass.RATE_LIMITED, 3_600_000));
        clock.advance(Duration.ofMinutes(5));

        assertThat(one.view("p/m").state().cooldown().active(clock.nanos())).isTrue();
        assertThat(other.view("p/m").state().cooldown().active(clock.nanos())).isFalse();
    }

    @Test
    void a_credential_s_rest_is_all_its_replicas() {
        one.failed(
                "p/m",
                new Failure(FailureClass.RATE_LIMITED, Failure.Scope.PROVIDER, Processed.NO, 429, 500L, null, ""));

        assertThat(published).containsExactly(new FleetHint.Resting(new ProviderId("p"), null, 500_000_000));
        assertThat(other.view("p/n").provider().cooldown().active(clock.nanos()))
                .isTrue();
        assertThat(other.view("q/m").provider().cooldown().active(clock.nanos()))
                .isFalse();
    }

    @Test
    void a_longer_rest_of_one_s_own_stays() {
        other.failed("p/m", retryAfter(FailureClass.RATE_LIMITED, 60_000));
        other.registry.hinted(new FleetHint.Resting(new ProviderId("p"), ID, 1_000_000_000), clock.nanos());
        clock.advance(Duration.ofSeconds(30));

        assertThat(other.view("p/m").state().cooldown().active(clock.nanos())).isTrue();
    }

    @Test
    void a_rest_is_told_once_and_what_was_only_heard_is_not_told_on() {
        one.failed("p/m", retryAfter(FailureClass.RATE_LIMITED, 12_000));
        one.hints.noticed(ID, FailureClass.RATE_LIMITED);
        other.hints.noticed(ID, FailureClass.RATE_LIMITED);

        assertThat(published).hasSize(1);
    }

    @Test
    void a_circuit_opened_there_counts_as_two_failures_and_opens_none_here() {
        for (int failures = 0; failures < 5; failures++) {
            one.failed("p/m", failure(FailureClass.TIMEOUT));
        }
        assertThat(one.phase("p/m")).isEqualTo(Circuit.Phase.OPEN);
        assertThat(published).containsExactly(new FleetHint.Distrusted(ID));
        assertThat(other.phase("p/m")).isEqualTo(Circuit.Phase.CLOSED);
        assertThat(other.view("p/m").state().circuit().consecutive()).isEqualTo(2);

        other.past.failed("p/m", failure(FailureClass.TIMEOUT), 2);
        assertThat(other.phase("p/m")).isEqualTo(Circuit.Phase.CLOSED);
        other.past.failed("p/m", failure(FailureClass.TIMEOUT), 1);
        assertThat(other.phase("p/m")).isEqualTo(Circuit.Phase.OPEN);
    }

    @Test
    void however_many_open_theirs_none_opens_here_without_a_failure_of_its_own() {
        for (int hint = 0; hint < 50; hint++) {
            assertThat(other.registry.hinted(new FleetHint.Distrusted(ID), clock.nanos()))
                    .isTrue();
        }
        assertThat(other.phase("p/m")).isEqualTo(Circuit.Phase.CLOSED);
    }

    @Test
    void a_caller_s_mistake_is_no_hint() {
        one.failed("p/m", failure(FailureClass.INVALID_REQUEST));

        assertThat(published).isEmpty();
    }

    @Test
    void hints_about_strangers_are_ignored_and_counted() {
        one.listener.accept(new FleetHint.Distrusted(new ReplicaId("x/y")));
        one.listener.accept(new FleetHint.Resting(new ProviderId("x"), null, 5));
        one.listener.accept(new FleetHint.Resting(new ProviderId("q"), ID, 5));

        assertThat(one.hints.hints().ignored()).isEqualTo(3);
    }
}
