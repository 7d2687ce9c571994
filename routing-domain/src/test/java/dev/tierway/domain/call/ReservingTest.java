package dev.tierway.domain.call;

import static dev.tierway.domain.fixture.Failures.failure;
import static dev.tierway.domain.fixture.Failures.unprocessed;
import static dev.tierway.domain.fixture.Limits.limit;
import static dev.tierway.domain.fixture.Limits.ofCaller;
import static dev.tierway.domain.fixture.Limits.ofDomain;
import static dev.tierway.domain.fixture.Models.model;
import static dev.tierway.domain.fixture.Replicas.replica;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.ManualClock;
import dev.tierway.domain.fixture.Past;
import dev.tierway.domain.fixture.Requests;
import dev.tierway.domain.fixture.ScriptedCall;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.routing.Refusal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What attempts reserve, and what denials of either side come to. */
class ReservingTest {
    private static final Descriptor[] CALLER = Arrays.stream(Dimension.values())
            .map(dev.tierway.domain.fixture.Limits::ofCaller)
            .toArray(Descriptor[]::new);

    private final ManualClock clock = new ManualClock();
    private ReplicaRegistry registry = Fleet.fleet()
            .domain("d", limit(Dimension.REQUESTS), limit(Dimension.CONCURRENCY))
            .with(model("m").maxOutput(4000))
            .with(replica("a/m").domain("d").price("1", "2"))
            .with(replica("b/m").domain("d").price("1", "2"))
            .registry();

    private ScriptedCall.Plan call() {
        return call(Requests.tier(registry.catalogue()));
    }

    private ScriptedCall.Plan call(Requests request) {
        return ScriptedCall.call(registry, request, clock);
    }

    private static List<String> owners(Action.Reserve reserve) {
        return reserve.descriptors().stream()
                .map(one -> one.owner() + " " + one.limit().dimension().id())
                .toList();
    }

    @Test
    void the_first_attempt_takes_the_callers_limits_and_the_domains_together() {
        ScriptedCall call = call().callerLimits(CALLER).startedWithoutGrants();

        assertThat(owners(call.actions(Action.Reserve.class).getFirst()))
                .containsExactly(
                        "key:team requests",
                        "key:team tokens",
                        "key:team input-tokens",
                        "key:team output-tokens",
                        "key:team concurrency",
                        "key:team money",
                        "domain:d requests",
                        "domain:d concurrency");
    }

    @Test
    void later_ones_take_their_domains_and_the_callers_tokens_and_money() {
        ScriptedCall call = call().callerLimits(CALLER).started();

        call.fails(FailureClass.UPSTREAM_FAULT);

        assertThat(owners(call.actions(Action.Reserve.class).getLast()))
                .containsExactly(
                        "key:team tokens",
                        "key:team input-tokens",
                        "key:team output-tokens",
                        "key:team money",
                        "domain:d requests",
                        "domain:d concurrency");
    }

    @Test
    void the_first_that_is_really_sent_takes_the_callers_request_not_one_that_was_denied() {
        ScriptedCall call = call().callerLimits(CALLER).startedWithoutGrants();

        call.feed(new Event.Denied(call.attempt(1), ofDomain(Dimension.REQUESTS), null));

        assertThat(owners(call.actions(Action.Reserve.class).getLast())).contains("key:team requests");
    }

    @Test
    void an_earlier_attempt_is_settled_or_refunded_before_the_next_reserves() {
        ScriptedCall call = call().started();

        List<Action> actions = call.feed(new Event.Failed(call.attempt(1), unprocessed(FailureClass.TRANSPORT)));

        assertThat(actions.stream().map(one -> one.getClass().getSimpleName()).toList())
                .containsSubsequence("Refund", "Reserve");
    }

    @Test
    void rates_are_estimated_by_the_expected_output_and_money_by_the_worst_case() {
        ScriptedCall call = call().startedWithoutGrants();

        assertThat(call.actions(Action.Reserve.class).getFirst().estimate())
                .isEqualTo(new Amounts(
                        1, 1000, 1024, new NanoUsd(1_200_000 + 8_000_000), new NanoUsd(1_000_000 + 2_048_000)));
    }

    @Test
    void the_callers_own_cap_bounds_both_estimates_for_every_choice() {
        ScriptedCall call = call(Requests.tier(registry.catalogue())
                        .maxOutput(100)
                        .choices(3))
                .startedWithoutGrants();

        assertThat(call.actions(Action.Reserve.class).getFirst().estimate())
                .isEqualTo(
                        new Amounts(1, 1000, 300, new NanoUsd(1_200_000 + 600_000), new NanoUsd(1_000_000 + 600_000)));
    }

    @Test
    void a_denial_of_the_domain_sends_the_call_elsewhere_and_leaves_no_permit_behind() {
        ScriptedCall call = call().startedWithoutGrants();
        String first =
                call.actions(Action.Reserve.class).getFirst().replica().id().value();

        call.feed(new Event.Denied(call.attempt(1), ofDomain(Dimension.REQUESTS), clock.nanos() + 60_000_000_000L));

        Action.Reserve second = call.actions(Action.Reserve.class).getLast();
        assertThat(second.replica().id().value()).isNotEqualTo(first);
        assertThat(second.attempt()).isEqualTo(call.attempt(2));
        assertThat(new Past(registry, clock).view(first).state().inFlight()).isZero();
    }

    @Test
    void a_denied_replica_is_not_left_once_its_limit_has_room_again() {
        registry = Fleet.fleet()
                .domain("d", limit(Dimension.REQUESTS))
                .with(replica("a/m").domain("d"))
                .registry();
        ScriptedCall call = call().startedWithoutGrants();
        call.feed(new Event.Denied(call.attempt(1), ofDomain(Dimension.REQUESTS), clock.nanos() + 1_000_000_000L));
        assertThat(call.ringsIn(TimerKind.PARK)).isEqualTo(Duration.ofSeconds(1));

        call.rings(TimerKind.PARK);
        call.feed(new Event.Reserved(call.attempt(2)));

        assertThat(call.sentTo()).containsExactly("a/m");
    }

    @Test
    void a_domain_that_always_says_a_moment_more_does_not_keep_the_call_for_ever() {
        ScriptedCall call = call().startedWithoutGrants();

        int denials = 0;
        while (!call.over()) {
            denials++;
            call.feed(
                    new Event.Denied(call.attempt(denials), ofDomain(Dimension.REQUESTS), clock.nanos() + 1_000_000L));
            clock.advance(Duration.ofMillis(2));
        }

        assertThat(denials).isBetween(10, 20);
        assertThat(call.settled()).isTrue();
    }

    @Test
    void a_domain_that_says_no_for_good_refuses_for_capacity() {
        registry = Fleet.fleet()
                .domain("d", limit(Dimension.REQUESTS))
                .with(replica("a/m").domain("d"))
                .registry();
        ScriptedCall call = call().startedWithoutGrants();

        call.feed(new Event.Denied(call.attempt(1), ofDomain(Dimension.REQUESTS), null));

        assertThat(call.result())
                .isEqualTo(new CallResult.Refused(new Refusal(Refusal.Reason.CAPACITY_EXHAUSTED, null)));
        assertThat(call.actions(Action.Refund.class)).isEmpty();
        assertThat(call.settled()).isTrue();
    }

    @Test
    void a_denial_of_the_callers_own_ends_the_call() {
        ScriptedCall call = call().callerLimits(CALLER).startedWithoutGrants();

        call.feed(new Event.Denied(call.attempt(1), ofCaller(Dimension.MONEY), 77L));

        assertThat(call.result()).isEqualTo(new CallResult.LimitReached(ofCaller(Dimension.MONEY), 77L, 0, 9_200_000));
        assertThat(call.settled()).isTrue();
    }

    @Test
    void a_store_that_cannot_answer_ends_the_call() {
        ScriptedCall call = call().startedWithoutGrants();

        call.feed(new Event.ReserveFailed(call.attempt(1), "down"));

        assertThat(call.result()).isEqualTo(new CallResult.QuotaUnavailable("down"));
        assertThat(new Past(registry, clock).view("a/m").state().inFlight()).isZero();
    }

    @Test
    void a_reservation_granted_after_the_client_left_is_refunded_and_never_sent() {
        ScriptedCall call = call().startedWithoutGrants();
        call.clientLeaves();
        assertThat(call.settled()).isFalse();

        call.feed(new Event.Reserved(call.attempt(1)));

        assertThat(call.sentTo()).isEmpty();
        assertThat(call.actions(Action.Refund.class)).hasSize(1);
        assertThat(call.settled()).isTrue();
    }

    @Test
    void a_denied_attempt_is_told_with_what_denied_it() {
        ScriptedCall call = call().startedWithoutGrants();
        call.feed(new Event.Denied(call.attempt(1), ofDomain(Dimension.REQUESTS), null));
        call.feed(new Event.Reserved(call.attempt(2)));
        call.delivers();

        AttemptResult result = call.selection().rounds().getFirst().result();
        assertThat(result.denied()).isEqualTo("domain:d|requests|60");
        assertThat(result.charged()).isEqualTo(AttemptResult.Charged.NOTHING_RESERVED);
        assertThat(call.selection().attempts()).isEqualTo(1);
    }

    @Test
    void a_price_that_is_not_known_leaves_the_cost_unknown_not_zero() {
        registry = Fleet.fleet().with(replica("a/m").unpriced()).registry();

        ScriptedCall call = call().started().delivers();

        assertThat(call.actions(Action.Settle.class).getFirst().cost()).isNull();
        assertThat(((CallResult.Delivered) call.result()).cost()).isNull();
    }

    @Test
    void a_local_replica_without_a_price_costs_nothing() {
        registry = Fleet.fleet().with(replica("a/m").unpriced().local()).registry();

        ScriptedCall call = call().started().delivers();

        assertThat(call.actions(Action.Settle.class).getFirst().cost()).isEqualTo(NanoUsd.ZERO);
    }

    @Test
    void what_a_failed_attempt_used_is_unknown_not_zero_unless_somebody_counted() {
        ScriptedCall call = call().started().fails(failure(FailureClass.UPSTREAM_FAULT));

        assertThat(call.actions(Action.Settle.class).getFirst())
                .isEqualTo(new Action.Settle(call.attempt(1), null, null, NanoUsd.ZERO));
    }
}
