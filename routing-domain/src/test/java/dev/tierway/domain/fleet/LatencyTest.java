package dev.tierway.domain.fleet;

import static dev.tierway.domain.fixture.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tierway.domain.catalogue.UnmeasuredSettings;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.ManualClock;
import dev.tierway.domain.fixture.Past;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How slow a replica is believed to be. */
class LatencyTest {
    private static final long SECOND = 1_000_000_000L;

    private final ManualClock clock = new ManualClock();
    private final ReplicaRegistry registry = Fleet.of("a/m", "b/m").registry();
    private final Past past = new Past(registry, clock);

    private double ttftSeconds(String id) {
        ReplicaView view = past.view(id);
        return view.state().latency().ttftNanos(view.modelState(), UnmeasuredSettings.DEFAULTS, 1000, clock.nanos())
                / SECOND;
    }

    private double tokenMillis(String id) {
        ReplicaView view = past.view(id);
        return view.state().latency().tokenNanos(view.modelState(), UnmeasuredSettings.DEFAULTS, clock.nanos()) / 1e6;
    }

    private void ended(String id, PermitOutcome outcome) {
        Permit permit = past.entered(id);
        registry.sent(permit, clock.nanos());
        registry.release(permit, outcome, clock.nanos());
    }

    @Test
    void is_what_was_measured() {
        past.delivered("a/m", 20, Duration.ofMillis(500), Duration.ofMillis(8));

        assertThat(ttftSeconds("a/m")).isCloseTo(0.5, within(1e-6));
        assertThat(tokenMillis("a/m")).isCloseTo(8, within(1e-6));
    }

    @Test
    void tells_replicas_of_one_model_apart() {
        for (int i = 0; i < 30; i++) {
            past.delivered("a/m", 1, Duration.ofMillis(500), Duration.ofMillis(10))
                    .delivered("b/m", 1, Duration.ofMillis(1500), Duration.ofMillis(30));
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(ttftSeconds("b/m") / ttftSeconds("a/m")).isBetween(2.2, 4.0);
        assertThat(tokenMillis("b/m") / tokenMillis("a/m")).isBetween(2.2, 4.0);
    }

    @Test
    void a_spike_raises_it_at_once_and_time_alone_lowers_it_again() {
        past.delivered("a/m", 20);
        double before = ttftSeconds("a/m");

        past.delivered("a/m", 1, Duration.ofSeconds(20), Duration.ofMillis(10));
        double spiked = ttftSeconds("a/m");
        assertThat(spiked).isGreaterThan(8 * before);

        clock.advance(Duration.ofMinutes(5));
        assertThat(ttftSeconds("a/m")).isLessThan(spiked / 4);
    }

    @Test
    void a_long_prompt_does_not_make_a_replica_look_slow() {
        for (int i = 0; i < 20; i++) {
            long input = i % 2 == 0 ? 1000 : 20_000;
            long ttft = SECOND / 2 + input * 100_000;
            ended("a/m", new PermitOutcome.Succeeded(true, ttft, ttft + SECOND, input, 101));
        }

        double ratio = past.view("a/m").state().latency().ttft().at(clock.nanos());
        assertThat(ratio).isBetween(0.8, 1.6);
        assertThat(ttftSeconds("a/m")).isLessThan(1.5);
    }

    @Test
    void a_fast_failure_never_lowers_it() {
        past.delivered("a/m", 5);
        Latency before = past.view("a/m").state().latency();

        past.failed("a/m", failure(FailureClass.TRANSPORT), 3, Duration.ofMillis(1));

        assertThat(past.view("a/m").state().latency()).isEqualTo(before);
    }

    @Test
    void a_failure_or_cancellation_that_waited_longer_raises_it() {
        past.delivered("a/m", 5);

        past.failed("a/m", failure(FailureClass.CANCELLED), 1, Duration.ofSeconds(9));

        assertThat(ttftSeconds("a/m")).isCloseTo(9, within(0.1));
    }

    @Test
    void a_stream_cut_late_is_as_slow_as_its_first_token_was() {
        past.delivered("a/m", 5);

        ended("a/m", new PermitOutcome.Failed(failure(FailureClass.CANCELLED), true, SECOND, 300 * SECOND, 1000));

        assertThat(ttftSeconds("a/m")).isCloseTo(1, within(0.1));
    }

    @Test
    void a_unary_call_cancelled_within_its_usual_time_does_not_make_it_look_slow() {
        past.delivered("a/m", 5, Duration.ofSeconds(1), Duration.ofMillis(50));

        ended("a/m", new PermitOutcome.Failed(failure(FailureClass.CANCELLED), false, 5 * SECOND, 5 * SECOND, 1000));

        assertThat(ttftSeconds("a/m")).isCloseTo(1, within(0.1));
    }

    @Test
    void a_unary_reply_moves_both_estimates_by_the_same_ratio() {
        past.delivered("a/m", 20, Duration.ofSeconds(1), Duration.ofMillis(10));

        ended("a/m", new PermitOutcome.Succeeded(false, 4 * SECOND, 4 * SECOND, 1000, 100));

        assertThat(ttftSeconds("a/m")).isGreaterThan(1.8);
        assertThat(tokenMillis("a/m")).isGreaterThan(18);
    }

    @Test
    void how_long_failures_take_is_learned_from_counted_ones_only() {
        past.failed("a/m", failure(FailureClass.TIMEOUT), 2, Duration.ofSeconds(7))
                .failed("a/m", failure(FailureClass.INVALID_REQUEST), 5, Duration.ofMillis(20));

        assertThat(past.view("a/m").state().failNanos().mean()).isEqualTo(7e9);
    }
}
