package dev.tierway.domain.call;

import static dev.tierway.domain.fixture.Replicas.replica;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.catalogue.Timeouts;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.failure.Processed;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.ManualClock;
import dev.tierway.domain.fixture.Past;
import dev.tierway.domain.fixture.Policies;
import dev.tierway.domain.fixture.Requests;
import dev.tierway.domain.fixture.ScriptedCall;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.money.TokenUsage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The clocks an attempt is sent with. */
class ClocksTest {
    private final ManualClock clock = new ManualClock();
    private ReplicaRegistry registry = Fleet.of("a/m", "b/m", "c/n", "d/n").registry();

    private ScriptedCall.Plan call() {
        return ScriptedCall.call(registry, Requests.tier(registry.catalogue()).input(4000), clock);
    }

    private static Duration seconds(long nanos) {
        return Duration.ofNanos(nanos);
    }

    @Test
    void the_first_token_may_take_half_a_second_more_per_thousand_tokens_of_input() {
        AttemptClocks clocks = call().started().lastSent().clocks();

        assertThat(seconds(clocks.connectNanos())).isEqualTo(Duration.ofSeconds(2));
        assertThat(seconds(clocks.firstTokenNanos())).isEqualTo(Duration.ofSeconds(32));
        assertThat(seconds(clocks.idleNanos())).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void a_unary_attempt_has_a_minute_for_the_rest() {
        assertThat(seconds(call().started().lastSent().clocks().wholeNanos())).isEqualTo(Duration.ofSeconds(92));
    }

    @Test
    void or_three_times_what_is_expected_if_that_is_more() {
        new Past(registry, clock).delivered("a/m", 1, Duration.ofSeconds(10), Duration.ofMillis(500));
        registry.swap(Fleet.of("a/m").catalogue());
        ScriptedCall call = ScriptedCall.call(registry, Requests.model(registry.catalogue(), "m"), clock)
                .policy(Policies.policy()
                        .timeouts(new Timeouts.Override(
                                null, null, null, null, Duration.ofHours(1), Duration.ofHours(2))))
                .started();

        assertThat(seconds(call.lastSent().clocks().wholeNanos()).toMillis())
                .isEqualTo(30_500 + 3 * (10_000 + 101 * 500));
    }

    @Test
    void the_last_attempt_may_use_all_that_is_left() {
        ScriptedCall call = call().policy(Policies.policy().attempts(2, 3)).started();
        clock.advance(Duration.ofSeconds(7));

        call.fails(FailureClass.UPSTREAM_FAULT);

        assertThat(seconds(call.lastSent().clocks().wholeNanos())).isEqualTo(Duration.ofSeconds(593));
    }

    @Test
    void so_may_one_whose_allowance_ends_after_the_spill_clock() {
        ScriptedCall call = call().started();
        clock.advance(Duration.ofSeconds(100));

        call.fails(FailureClass.UPSTREAM_FAULT);

        assertThat(seconds(call.lastSent().clocks().wholeNanos())).isEqualTo(Duration.ofSeconds(500));
    }

    @Test
    void no_attempt_may_outlive_the_deadline() {
        ScriptedCall call = call().deadline(Duration.ofSeconds(5)).started();

        assertThat(seconds(call.lastSent().clocks().wholeNanos())).isEqualTo(Duration.ofSeconds(5));
        assertThat(call.ringsIn(TimerKind.TOTAL)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void a_replicas_own_clocks_go_before_the_general_ones_and_a_routes_before_both() {
        Timeouts own = new Timeouts.Override(
                        Duration.ofSeconds(1), Duration.ofSeconds(9), Duration.ZERO, Duration.ofSeconds(8), null, null)
                .over(Timeouts.DEFAULTS);
        registry = Fleet.fleet().with(replica("a/m").timeouts(own)).registry();

        AttemptClocks clocks = call().routeTimeouts(
                        new Timeouts.Override(null, Duration.ofSeconds(5), null, null, null, null))
                .started()
                .lastSent()
                .clocks();

        assertThat(seconds(clocks.connectNanos())).isEqualTo(Duration.ofSeconds(1));
        assertThat(seconds(clocks.firstTokenNanos())).isEqualTo(Duration.ofSeconds(5));
        assertThat(seconds(clocks.idleNanos())).isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void the_total_ends_a_stream_that_flows_and_breaks_it_visibly() {
        ScriptedCall call = ScriptedCall.call(registry, Requests.tier(registry.catalogue()).stream(), clock)
                .started()
                .commits();

        call.rings(TimerKind.TOTAL);
        assertThat(call.actions(Action.Cancel.class)).hasSize(1);
        assertThat(call.over()).as("what was cancelled may say what it used").isFalse();
        call.feed(new Event.Failed(call.attempt(1), cancelled()));

        assertThat(call.result()).isInstanceOfSatisfying(CallResult.Broken.class, broken -> {
            assertThat(broken.callersDeadline()).isFalse();
            assertThat(broken.failure().failureClass()).isEqualTo(FailureClass.TIMEOUT);
            assertThat(broken.failure().usage()).isEqualTo(TokenUsage.estimated(7, 3));
        });
        AttemptResult result = call.selection().rounds().getFirst().result();
        assertThat(result.failure().failureClass()).isEqualTo(FailureClass.TIMEOUT);
        assertThat(result.charged()).isEqualTo(AttemptResult.Charged.SETTLED);
        assertThat(result.usage()).isEqualTo(TokenUsage.estimated(7, 3));
        assertThat(result.verdict()).isEqualTo(AttemptResult.Verdict.ABANDONED);
    }

    private static Failure cancelled() {
        return new Failure(
                FailureClass.CANCELLED,
                Failure.Scope.REPLICA,
                Processed.UNKNOWN,
                null,
                null,
                TokenUsage.estimated(7, 3),
                "the caller left");
    }

    @Test
    void the_callers_own_deadline_in_the_middle_of_a_stream_is_nobodys_timeout() {
        ScriptedCall call = ScriptedCall.call(registry, Requests.tier(registry.catalogue()).stream(), clock)
                .deadline(Duration.ofSeconds(5))
                .started()
                .commits();

        call.rings(TimerKind.TOTAL);
        call.feed(new Event.Failed(call.attempt(1), cancelled()));

        assertThat(call.result())
                .isInstanceOfSatisfying(
                        CallResult.Broken.class,
                        broken -> assertThat(broken.callersDeadline()).isTrue());
        assertThat(call.selection().rounds().getFirst().result().failure().failureClass())
                .isEqualTo(FailureClass.CANCELLED);
    }

    @Test
    void an_attempt_that_does_not_end_when_it_is_cancelled_keeps_nobody_waiting() {
        ScriptedCall call = ScriptedCall.call(registry, Requests.tier(registry.catalogue()).stream(), clock)
                .started()
                .commits();
        call.rings(TimerKind.TOTAL);
        assertThat(call.ringsIn(TimerKind.CLOSING)).isEqualTo(Duration.ofMillis(250));

        call.rings(TimerKind.CLOSING);
        assertThat(call.result()).isInstanceOf(CallResult.Broken.class);
        assertThat(call.settled()).isFalse();

        call.feed(new Event.Failed(call.attempt(1), cancelled()));
        assertThat(call.settled()).isTrue();
        assertThat(call.actions(Action.Settle.class)).hasSize(1);
    }

    @Test
    void stopping_a_call_cancels_what_runs_and_settles_it_when_it_has_ended() {
        ScriptedCall call = call().started();

        call.feed(new Event.Stopped("shutdown"));
        assertThat(call.result()).isEqualTo(new CallResult.StoppedBy("shutdown"));
        assertThat(call.settled()).isFalse();

        call.fails(FailureClass.CANCELLED);
        assertThat(call.settled()).isTrue();
        assertThat(call.actions(Action.Settle.class)).hasSize(1);
    }
}
