package dev.tierway.domain.call;

import static dev.tierway.domain.fixture.Failures.failure;
import static dev.tierway.domain.fixture.Failures.retryAfter;
import static dev.tierway.domain.fixture.Replicas.replica;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.catalogue.Timeouts;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.ManualClock;
import dev.tierway.domain.fixture.Past;
import dev.tierway.domain.fixture.Policies;
import dev.tierway.domain.fixture.Requests;
import dev.tierway.domain.fixture.ScriptedCall;
import dev.tierway.domain.fleet.Permit;
import dev.tierway.domain.fleet.PermitOutcome;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.routing.Refusal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Parked calls, and repeats. */
class WaitingTest {
    private final ManualClock clock = new ManualClock();
    private ReplicaRegistry registry =
            Fleet.fleet().with(replica("a/m").limit(1)).registry();

    private Past past() {
        return new Past(registry, clock);
    }

    private ScriptedCall.Plan call() {
        return ScriptedCall.call(registry, Requests.tier(registry.catalogue()), clock);
    }

    private void free(Permit permit) {
        registry.release(permit, new PermitOutcome.Unused(), clock.nanos());
    }

    @Test
    void a_full_replica_is_waited_for_two_seconds() {
        past().entered("a/m");

        ScriptedCall call = call().started();

        assertThat(call.actions(Action.Park.class)).hasSize(1);
        assertThat(call.ringsIn(TimerKind.PARK)).isEqualTo(Duration.ofSeconds(2));
        call.rings(TimerKind.PARK);
        assertThat(call.result())
                .isEqualTo(new CallResult.Refused(new Refusal(Refusal.Reason.CAPACITY_EXHAUSTED, null)));
    }

    @Test
    void a_call_that_waits_says_whose_slot_it_waits_for_and_how_long() {
        registry = Fleet.fleet()
                .with(replica("a/m").limit(1))
                .with(replica("b/m").limit(1))
                .registry();
        past().failed("b/m", retryAfter(FailureClass.RATE_LIMITED, 500), 1).entered("a/m");

        Action.Park park = call().started().actions(Action.Park.class).getFirst();

        assertThat(park.full()).extracting(one -> one.id().value()).containsExactly("a/m");
        assertThat(park.limitNanos() - clock.nanos())
                .isEqualTo(Duration.ofSeconds(2).toNanos());
        assertThat(park.untilNanos()).isLessThan(park.limitNanos());
    }

    @Test
    void a_call_that_is_shed_is_told_when_to_come_again() {
        past().entered("a/m");
        ScriptedCall call = call().started();
        long again = clock.nanos() + 5_000_000_000L;

        call.feed(new Event.Shed(again));

        assertThat(call.result())
                .isEqualTo(new CallResult.Refused(new Refusal(Refusal.Reason.CAPACITY_EXHAUSTED, again)));
        assertThat(call.armed(TimerKind.PARK)).isFalse();
        assertThat(call.settled()).isTrue();
        call.feed(new Event.Shed(again));
        assertThat(call.actions(Action.Finish.class)).hasSize(1);
    }

    @Test
    void a_call_that_has_sent_is_shed_by_its_last_attempts_class() {
        ScriptedCall call = call().started();
        call.fails(retryAfter(FailureClass.RATE_LIMITED, 100));

        call.feed(new Event.Shed(null));

        assertThat(call.result()).isInstanceOf(CallResult.Exhausted.class);
    }

    @Test
    void a_slot_that_frees_ends_the_waiting() {
        Permit permit = past().entered("a/m");
        ScriptedCall call = call().started();
        free(permit);

        call.feed(new Event.SlotOffered());

        assertThat(call.sentTo()).containsExactly("a/m");
        assertThat(call.armed(TimerKind.PARK)).isFalse();
    }

    @Test
    void a_slot_that_somebody_else_took_does_not_end_the_waiting() {
        Permit permit = past().entered("a/m");
        ScriptedCall call = call().started();

        for (int i = 0; i < 20; i++) {
            clock.advance(Duration.ofMillis(50));
            call.feed(new Event.SlotOffered());
        }

        assertThat(call.over()).isFalse();
        assertThat(call.actions(Action.Park.class)).as("still the same wait").hasSize(1);
        assertThat(call.ringsIn(TimerKind.PARK)).isEqualTo(Duration.ofSeconds(1));
        free(permit);
        call.feed(new Event.SlotOffered());
        assertThat(call.sentTo()).containsExactly("a/m");
        call.delivers();
        assertThat(call.selection().rounds())
                .as("looks in vain are told once or twice")
                .hasSizeLessThan(4);
    }

    @Test
    void looks_again_at_each_rests_end_within_the_two_seconds() {
        registry =
                Fleet.fleet().with(replica("a/m").limit(1)).with(replica("b/m")).registry();
        past().failed("b/m", retryAfter(FailureClass.RATE_LIMITED, 500), 1).entered("a/m");
        ScriptedCall call = call().started();
        past();

        assertThat(call.ringsIn(TimerKind.PARK)).isEqualTo(Duration.ofMillis(500));
        call.rings(TimerKind.PARK);

        assertThat(call.sentTo()).containsExactly("b/m");
    }

    @Test
    void never_waits_beyond_the_deadline() {
        past().entered("a/m");

        ScriptedCall call = call().deadline(Duration.ofMillis(300)).started();

        assertThat(call.ringsIn(TimerKind.PARK)).isEqualTo(Duration.ofMillis(300));
    }

    @Test
    void a_call_is_parked_for_capacity_once() {
        registry = Fleet.fleet()
                .with(replica("a/m").limit(1))
                .with(replica("b/m").limit(1))
                .registry();
        Permit one = past().entered("a/m");
        past().entered("b/m");
        ScriptedCall call = call().started();
        free(one);
        call.feed(new Event.SlotOffered());
        clock.advance(Duration.ofSeconds(3));

        call.fails(FailureClass.UPSTREAM_FAULT);

        assertThat(call.result()).isInstanceOf(CallResult.Exhausted.class);
    }

    @Test
    void a_client_that_leaves_while_parked_ends_it_at_once() {
        past().entered("a/m");
        ScriptedCall call = call().started();

        call.clientLeaves();

        assertThat(call.result()).isInstanceOf(CallResult.ClientGone.class);
        assertThat(call.settled()).isTrue();
        assertThat(call.armed(TimerKind.PARK)).isFalse();
        call.feed(new Event.SlotOffered());
        assertThat(call.actions(Action.Reserve.class)).isEmpty();
    }

    @Test
    void somebody_else_goes_before_a_repeat() {
        registry = Fleet.of("a/m", "b/m").registry();
        ScriptedCall call = call().started();

        call.fails(retryAfter(FailureClass.RATE_LIMITED, 10)).fails(retryAfter(FailureClass.RATE_LIMITED, 10));

        assertThat(call.sentTo()).hasSize(2).doesNotHaveDuplicates();
        call.rings(TimerKind.PARK);
        assertThat(call.sentTo()).hasSize(3);
        assertThat(call.sentTo().getLast()).isEqualTo(call.sentTo().get(1));
    }

    @Test
    void repeats_once_per_call() {
        registry = Fleet.of("a/m").registry();
        ScriptedCall call = call().started();

        call.fails(retryAfter(FailureClass.RATE_LIMITED, 10)).rings(TimerKind.PARK);
        call.fails(retryAfter(FailureClass.RATE_LIMITED, 10));

        assertThat(call.over()).isTrue();
        assertThat(call.sentTo()).hasSize(2);
    }

    @Test
    void a_repeat_counts_against_the_models_attempts() {
        registry = Fleet.of("a/m", "b/m", "c/m").registry();
        past().delivered("a/m", 10).delivered("b/m", 10).delivered("c/m", 10);
        ScriptedCall call = call().started();

        call.fails(FailureClass.UPSTREAM_FAULT)
                .fails(FailureClass.UPSTREAM_FAULT)
                .fails(retryAfter(FailureClass.RATE_LIMITED, 10));

        assertThat(call.over()).isTrue();
        assertThat(call.sentTo()).hasSize(3);
    }

    @Test
    void a_pinned_call_does_not_repeat() {
        registry = Fleet.of("a/m").registry();
        ScriptedCall call = ScriptedCall.call(registry, Requests.pinned(registry.catalogue(), "a/m"), clock)
                .started();

        call.fails(retryAfter(FailureClass.RATE_LIMITED, 10));

        assertThat(call.over()).isTrue();
    }

    @Test
    void a_repeat_waits_for_its_rest_only_even_if_others_keep_the_replica_full() {
        ScriptedCall call = call().started();
        call.fails(retryAfter(FailureClass.RATE_LIMITED, 100));
        clock.advance(Duration.ofMillis(100));
        past().entered("a/m");

        call.feed(new Event.Fired(TimerKind.PARK));
        assertThat(call.over()).isFalse();
        call.rings(TimerKind.PARK);

        assertThat(call.over()).isTrue();
        assertThat(clock.nanos() - ManualClock.START).isEqualTo(1_000_000_000L);
    }

    @Test
    void nothing_starts_after_the_spill_clock_not_even_a_repeat() {
        registry = Fleet.of("a/m").registry();
        ScriptedCall call = call().policy(Policies.policy()
                        .timeouts(new Timeouts.Override(null, null, null, null, Duration.ofSeconds(10), null)))
                .started();
        clock.advance(Duration.ofMillis(9800));

        call.fails(retryAfter(FailureClass.OVERLOADED, 500));

        assertThat(call.over()).isTrue();
        assertThat(call.sentTo()).hasSize(1);
    }

    @Test
    void an_empty_retry_budget_is_not_waited_for() {
        registry = Fleet.of("a/m").registry();
        ScriptedCall call = call().policy(Policies.policy().retryBudget(0.2, 0)).started();

        call.fails(failure(FailureClass.RATE_LIMITED));

        assertThat(call.over()).isTrue();
        assertThat(call.sentTo()).hasSize(1);
    }
}
