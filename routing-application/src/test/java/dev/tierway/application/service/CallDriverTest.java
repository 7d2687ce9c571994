package dev.tierway.application.service;

import static dev.tierway.domain.fixture.Failures.failure;
import static dev.tierway.domain.fixture.Failures.retryAfter;
import static dev.tierway.domain.fixture.Failures.using;
import static dev.tierway.domain.fixture.Replicas.replica;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.fixture.FakeTransport;
import dev.tierway.application.fixture.RecordingSink;
import dev.tierway.application.fixture.TestApplication;
import dev.tierway.application.port.in.CallHandle;
import dev.tierway.application.port.out.LedgerRow;
import dev.tierway.application.port.out.QuotaStore;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.Limits;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.routing.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** One call against a world of fakes. */
class CallDriverTest {
    private final TestApplication two = TestApplication.with(Fleet.of("a/m", "b/m"));
    private final RecordingSink sink = new RecordingSink();

    /** One replica behind a quota domain. */
    private static TestApplication limited() {
        return TestApplication.with(Fleet.fleet()
                .domain("d", Limits.limit(Dimension.REQUESTS))
                .with(replica("a/m").domain("d")));
    }

    private static ReplyEvent preamble(int bytes) {
        return new ReplyEvent.Frame(new byte[bytes], ReplyEvent.Frame.Kind.PREAMBLE);
    }

    @Test
    void a_unary_call_is_answered_accounted_and_remembered() {
        two.call(sink);
        two.transport.last().answers("hi");

        assertThat(sink.result()).isInstanceOf(CallResult.Delivered.class);
        assertThat(sink.events()).hasSize(1);
        assertThat(sink.begun().head().headers()).containsKey("x-vendor");
        assertThat(two.recorded.rows).hasSize(1).allMatch(row -> row.usage().equals(FakeTransport.USAGE));
        assertThat(two.recorded.rows.getFirst().cost()).isEqualTo(new NanoUsd(1_200_000));
        assertThat(two.recorded.attemptsEnded).isEqualTo(two.recorded.rows);
        assertThat(two.recorded.decisions).containsExactly(sink.selection());
        assertThat(two.recorded.finished).containsExactly(sink.selection());
        assertThat(two.recorded.started).hasSize(1);
        assertThat(two.recorded.internalErrors).isEmpty();
        assertThat(two.inFlight()).isZero();
        assertThat(two.service.runningCalls()).isZero();
        assertThat(two.executor.timers()).isZero();
    }

    @Test
    void a_failure_before_the_first_token_spills_over_unseen() {
        two.stream(sink);
        FakeTransport.Attempt first = two.transport.last().sent().head().begins();
        first.fails(FailureClass.UPSTREAM_FAULT);

        assertThat(two.transport.attempts()).hasSize(2);
        assertThat(two.transport.last().replica()).isNotEqualTo(first.replica());
        two.transport.last().sent().head().begins().says("hello").says(" world").ends();

        assertThat(sink.text()).isEqualTo("hello world");
        assertThat(sink.events()).as("the first one's preamble is dropped").hasSize(3);
        assertThat(sink.begun().attempts()).isEqualTo(2);
        assertThat(sink.begun().replica().id().value())
                .isEqualTo(two.transport.last().replica());
        assertThat(two.recorded.rows.stream().map(LedgerRow::failure))
                .containsExactly(FailureClass.UPSTREAM_FAULT, null);
    }

    @Test
    void nothing_is_shown_before_the_first_semantic_event() {
        two.stream(sink);
        FakeTransport.Attempt attempt =
                two.transport.last().sent().head().begins().says("");
        assertThat(sink.hasBegun()).isFalse();

        attempt.says("now");

        assertThat(sink.hasBegun()).isTrue();
        assertThat(sink.events()).hasSize(3);
    }

    @Test
    void a_break_after_the_first_token_is_never_retried() {
        two.stream(sink);
        two.transport.last().sent().head().says("hel").fails(FailureClass.STREAM_BROKEN);

        assertThat(two.transport.attempts()).hasSize(1);
        assertThat(sink.result()).isInstanceOf(CallResult.Broken.class);
        assertThat(sink.text()).isEqualTo("hel");
    }

    @Test
    void more_than_64_KiB_before_the_first_token_fail_the_attempt_and_cancel_it() {
        two.stream(sink);
        FakeTransport.Attempt first = two.transport.last().sent().head();
        first.event(preamble(40_000)).event(preamble(25_537));

        assertThat(first.cancelled()).isTrue();
        assertThat(two.transport.attempts()).hasSize(2);
        two.transport.last().sent().says("ok").ends();
        assertThat(sink.text()).isEqualTo("ok");
    }

    @Test
    void exactly_64_KiB_are_still_held_back() {
        two.stream(sink);
        two.transport.last().sent().head().event(preamble(65_536)).says("ok").ends();

        assertThat(two.transport.attempts()).hasSize(1);
        assertThat(sink.events()).hasSize(2);
    }

    @Test
    void an_answer_without_any_semantic_event_is_delivered_at_its_end() {
        two.stream(sink);
        two.transport.last().sent().head().begins().ends();

        assertThat(sink.events()).hasSize(1);
        assertThat(sink.result()).isInstanceOf(CallResult.Delivered.class);
    }

    @Test
    void the_callers_demand_reaches_the_vendor() {
        CallHandle handle = two.start(two.command("tier:mid", true), sink);
        FakeTransport.Attempt attempt = two.transport.last();
        assertThat(attempt.demanded())
                .as("held back ones are asked for one by one")
                .isEqualTo(1);

        attempt.sent().begins();
        assertThat(attempt.demanded()).isEqualTo(2);
        attempt.says("first");
        assertThat(attempt.demanded())
                .as("the caller asked for nothing yet and got two")
                .isEqualTo(2);

        handle.request(3);
        two.executor.turn();
        assertThat(attempt.demanded()).as("three less the two it has").isEqualTo(3);
        handle.request(4);
        two.executor.turn();
        assertThat(attempt.demanded()).isEqualTo(7);
    }

    @Test
    void demand_told_before_commit_is_passed_on_at_commit() {
        CallHandle handle = two.start(two.command("tier:mid", true), sink);
        handle.request(10);
        two.executor.turn();
        FakeTransport.Attempt attempt = two.transport.last();

        attempt.sent().begins().says("x");

        assertThat(attempt.demanded()).isEqualTo(10);
    }

    @Test
    void demand_without_bound_may_be_told_more_than_once() {
        CallHandle handle = two.start(two.command("tier:mid", true), sink);
        handle.request(Long.MAX_VALUE);
        handle.request(Long.MAX_VALUE);
        two.executor.turn();

        two.transport.last().sent().says("x");

        assertThat(two.transport.last().demanded()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void a_vendor_that_answers_within_open_is_heard_all_the_same() {
        two.transport.always(attempt -> attempt.answers("at once"));

        two.call(sink);

        assertThat(sink.result()).isInstanceOf(CallResult.Delivered.class);
        assertThat(two.inFlight()).isZero();
    }

    @Test
    void a_client_that_leaves_while_the_reservation_is_open_is_refunded_when_it_is_granted() {
        TestApplication one = limited();
        one.quota.answers(id -> null);
        CallHandle handle = one.call(sink);

        handle.leave();
        one.executor.turn();
        assertThat(sink.result()).isInstanceOf(CallResult.ClientGone.class);
        one.quota.answer(new QuotaStore.Result.Granted(List.of()));
        one.executor.turn();

        assertThat(one.transport.attempts()).isEmpty();
        assertThat(one.quota.log()).containsExactly("reserve #1", "finish", "refund all #1");
        assertThat(one.inFlight()).isZero();
        assertThat(one.service.runningCalls()).isZero();
        assertThat(one.recorded.rows).as("nothing was sent").isEmpty();
    }

    @Test
    void a_client_that_leaves_before_headers_cancels_upstream() {
        CallHandle handle = two.call(sink);
        FakeTransport.Attempt attempt = two.transport.last().sent();

        handle.leave();
        two.executor.turn();

        assertThat(attempt.cancelled()).isTrue();
        assertThat(sink.result()).isInstanceOf(CallResult.ClientGone.class);
        assertThat(two.service.runningCalls())
                .as("until the vendor's end is known")
                .isEqualTo(1);
        attempt.fails(using(FailureClass.CANCELLED, 1000, 0));
        assertThat(two.service.runningCalls()).isZero();
        assertThat(two.recorded.rows).hasSize(1).allMatch(row -> row.failure() == FailureClass.CANCELLED);
    }

    @Test
    void a_client_that_leaves_before_the_first_token_hears_nothing_of_what_follows() {
        CallHandle handle = two.stream(sink);
        FakeTransport.Attempt attempt = two.transport.last().sent().head().begins();

        handle.leave();
        two.executor.turn();
        attempt.says("too late").ends();

        assertThat(attempt.cancelled()).isTrue();
        assertThat(sink.events()).isEmpty();
        assertThat(two.recorded.rows).as("the vendor finished all the same").hasSize(1);
        assertThat(two.inFlight()).isZero();
    }

    @Test
    void a_client_that_leaves_mid_stream_cancels_and_pays_for_what_was_seen() {
        CallHandle handle = two.stream(sink);
        FakeTransport.Attempt attempt = two.transport.last().sent().says("half");

        handle.leave();
        two.executor.turn();
        attempt.fails(using(FailureClass.CANCELLED, 1000, 3));

        assertThat(attempt.cancelled()).isTrue();
        assertThat(two.recorded.rows.getFirst().cost()).isEqualTo(new NanoUsd(1_006_000));
        assertThat(two.transport.attempts()).hasSize(1);
    }

    @Test
    void a_client_that_leaves_after_the_end_changes_nothing() {
        CallHandle handle = two.call(sink);
        two.transport.last().answers("hi");

        handle.leave();
        handle.stop("late");
        handle.request(5);
        two.executor.turn();

        assertThat(sink.result()).isInstanceOf(CallResult.Delivered.class);
        assertThat(two.recorded.rows).hasSize(1);
    }

    @Test
    void a_caller_that_throws_at_begin_or_at_an_event_has_left() {
        for (RecordingSink broken :
                List.of(new RecordingSink().breakingAtBegin(), new RecordingSink().breakingAtEvent())) {
            TestApplication app = TestApplication.with(Fleet.of("a/m", "b/m"));
            app.stream(broken);
            FakeTransport.Attempt attempt = app.transport.last().sent().says("x");

            assertThat(attempt.cancelled()).isTrue();
            assertThat(app.recorded.internalErrors).isNotEmpty();
            assertThat(broken.result()).isInstanceOf(CallResult.ClientGone.class);
            attempt.fails(FailureClass.CANCELLED);
            assertThat(app.inFlight()).isZero();
            assertThat(app.service.runningCalls()).isZero();
        }
    }

    @Test
    void a_transport_that_throws_ends_the_call_as_our_own_fault() {
        two.transport.breaks(new IllegalStateException("boom"));

        two.call(sink);

        assertThat(sink.result())
                .isInstanceOfSatisfying(
                        CallResult.Exhausted.class,
                        exhausted -> assertThat(exhausted.last().failureClass()).isEqualTo(FailureClass.INTERNAL));
        assertThat(two.recorded.internalErrors).hasSize(1);
        assertThat(two.inFlight()).isZero();
        assertThat(two.registry.catalogue().replicas())
                .allMatch(one -> two.fleet().fleet().replicas().stream().allMatch(status -> status.errors() == 0));
    }

    @Test
    void a_quota_store_that_throws_or_fails_refuses_the_call_visibly() {
        TestApplication throwing = limited();
        throwing.quota.breaks(new IllegalStateException("down"));
        throwing.call(sink);
        assertThat(sink.result()).isInstanceOf(CallResult.QuotaUnavailable.class);

        TestApplication failing = limited();
        RecordingSink other = new RecordingSink();
        failing.quota.answers(id -> null);
        failing.call(other);
        failing.quota.fails(new IllegalStateException("down"));
        failing.executor.turn();

        assertThat(other.result())
                .isInstanceOfSatisfying(
                        CallResult.QuotaUnavailable.class,
                        unavailable -> assertThat(unavailable.message()).contains("down"));
        assertThat(failing.recorded.internalErrors).isNotEmpty();
        assertThat(failing.inFlight()).isZero();
        assertThat(failing.service.runningCalls()).isZero();
    }

    @Test
    void a_limit_that_is_known_to_be_closed_refuses_the_call_in_its_own_words_and_is_no_error() {
        TestApplication one = limited();
        one.quota.answers(id -> null);
        one.call(sink);
        one.quota.fails(
                new CompletionException(new QuotaStore.LimitUnavailableException("budget 'b' can't be checked")));
        one.executor.turn();

        assertThat(sink.result()).isEqualTo(new CallResult.QuotaUnavailable("budget 'b' can't be checked"));
        assertThat(one.recorded.internalErrors).isEmpty();
    }

    @Test
    void the_caller_is_told_how_it_was_granted() {
        TestApplication one = limited();
        one.quota.answers(id -> new QuotaStore.Result.Granted(List.of(), "served alone"));
        one.call(sink);
        one.transport.last().answers("hi");

        assertThat(sink.begun().warnings()).containsExactly("served alone");
    }

    @Test
    void a_store_ledger_log_or_listener_that_throws_later_never_harms_the_answer() {
        TestApplication one = limited();
        one.call(sink);
        one.quota.breaks(new IllegalStateException("down"));
        one.recorded.breaks();

        one.transport.last().answers("hi");

        assertThat(sink.result()).isInstanceOf(CallResult.Delivered.class);
        assertThat(one.recorded.internalErrors).hasSizeGreaterThanOrEqualTo(4);
        assertThat(one.inFlight()).isZero();
        assertThat(one.service.runningCalls()).isZero();
    }

    @Test
    void quota_is_reserved_settled_and_finished() {
        TestApplication one = limited();
        one.call(sink);
        one.transport.last().answers("hi");

        assertThat(one.quota.log()).containsExactly("reserve #1", "settle #1", "finish");
    }

    @Test
    void a_rejected_request_gets_its_tokens_back() {
        TestApplication one = limited();
        one.call(sink);
        one.transport.last().sent().fails(FailureClass.INVALID_REQUEST);

        assertThat(one.quota.log()).containsExactly("reserve #1", "refund all but request #1", "finish");
        assertThat(one.recorded.rows.getFirst().cost()).isEqualTo(NanoUsd.ZERO);
    }

    @Test
    void an_unknown_outcome_is_settled_as_unknown() {
        TestApplication one = limited();
        one.call(sink);
        one.transport.last().sent().fails(FailureClass.UPSTREAM_FAULT);

        assertThat(one.quota.log()).containsExactly("reserve #1", "settle unknown #1", "finish");
        assertThat(one.recorded.rows.getFirst().cost()).isNull();
    }

    @Test
    void without_limits_no_store_is_asked() {
        two.call(sink);
        two.transport.last().answers("hi");

        assertThat(two.quota.log()).isEmpty();
    }

    @Test
    void a_denial_of_the_domain_moves_on_and_one_for_good_refuses_for_capacity() {
        TestApplication app = TestApplication.with(Fleet.fleet()
                .domain("d", Limits.limit(Dimension.REQUESTS))
                .with(replica("a/m").domain("d").price("0", "0"))
                .with(replica("b/n").price("50", "50")));
        app.quota.answers(id -> new QuotaStore.Result.Denied(Limits.ofDomain(Dimension.REQUESTS), null, 0));
        app.call(sink);

        assertThat(app.transport.last().replica()).isEqualTo("b/n");

        TestApplication one = limited();
        RecordingSink other = new RecordingSink();
        one.quota.answers(id -> new QuotaStore.Result.Denied(
                Limits.ofDomain(Dimension.REQUESTS), Duration.ofMinutes(1).toNanos(), 0));
        one.call(other);

        assertThat(other.result())
                .isEqualTo(new CallResult.Refused(new Refusal(
                        Refusal.Reason.CAPACITY_EXHAUSTED,
                        one.clock.nanos() + Duration.ofMinutes(1).toNanos())));
        assertThat(one.quota.log()).contains("reserve #1");
    }

    @Test
    void a_denial_of_the_callers_own_limit_ends_the_call() {
        TestApplication one = limited();
        one.quota.answers(id -> new QuotaStore.Result.Denied(Limits.ofCaller(Dimension.REQUESTS), 5L, 0));

        one.call(sink);

        assertThat(sink.result()).isInstanceOf(CallResult.LimitReached.class);
        assertThat(one.inFlight()).isZero();
    }

    @Test
    void a_parked_call_gets_the_slot_another_frees() {
        TestApplication one =
                TestApplication.with(Fleet.fleet().with(replica("a/m").limit(1)));
        RecordingSink second = new RecordingSink();
        one.call(sink);
        one.call(second);
        assertThat(one.transport.attempts()).hasSize(1);

        one.transport.last().answers("first");

        assertThat(one.transport.attempts()).hasSize(2);
        one.transport.last().answers("second");
        assertThat(second.result()).isInstanceOf(CallResult.Delivered.class);
        assertThat(one.clock.nanos()).as("no time passed").isEqualTo(dev.tierway.domain.fixture.ManualClock.START);
    }

    @Test
    void parked_calls_are_served_in_the_order_they_came() {
        TestApplication one =
                TestApplication.with(Fleet.fleet().with(replica("a/m").limit(1)));
        RecordingSink second = new RecordingSink();
        RecordingSink third = new RecordingSink();
        one.call(sink);
        one.call(second);
        one.call(third);

        one.transport.last().answers("1");
        one.transport.last().answers("2");
        assertThat(second.ended()).isTrue();
        assertThat(third.ended()).isFalse();
        one.transport.last().answers("3");
        assertThat(third.ended()).isTrue();
    }

    @Test
    void a_slot_that_does_not_suit_the_first_in_line_is_offered_to_the_next() {
        TestApplication app = TestApplication.with(
                Fleet.fleet().with(replica("a/m").limit(1)).with(replica("b/n").limit(1)));
        RecordingSink wantsM = new RecordingSink();
        RecordingSink wantsN = new RecordingSink();
        app.start(app.command("m", false), sink);
        app.start(app.command("n", false), new RecordingSink());
        app.start(app.command("m", false), wantsM);
        app.start(app.command("n", false), wantsN);
        FakeTransport.Attempt ofN = app.transport.attempts().get(1);

        ofN.answers("n is free");

        assertThat(app.transport.attempts()).hasSize(3);
        assertThat(app.transport.last().replica()).isEqualTo("b/n");
        assertThat(wantsM.ended()).as("still waits").isFalse();
    }

    @Test
    void a_denied_reservation_frees_its_slot_for_those_who_wait() {
        TestApplication one = TestApplication.with(Fleet.fleet()
                .domain("d", Limits.limit(Dimension.REQUESTS))
                .with(replica("a/m").limit(1).domain("d")));
        one.quota.answers(id -> null);
        RecordingSink second = new RecordingSink();
        one.call(sink);
        one.call(second);

        one.quota.answer(new QuotaStore.Result.Denied(Limits.ofCaller(Dimension.REQUESTS), null, 0));
        one.executor.turn();

        assertThat(sink.result()).isInstanceOf(CallResult.LimitReached.class);
        assertThat(one.quota.log()).as("the second had its turn").contains("reserve #1", "reserve #1");
        assertThat(one.quota.log().stream().filter("reserve #1"::equals)).hasSize(2);
    }

    @Test
    void a_parked_call_is_refused_when_its_time_is_over() {
        TestApplication one =
                TestApplication.with(Fleet.fleet().with(replica("a/m").limit(1)));
        RecordingSink second = new RecordingSink();
        one.call(sink);
        one.call(second);

        one.advance(Duration.ofMillis(1999));
        assertThat(second.ended()).isFalse();
        one.advance(Duration.ofMillis(1));

        assertThat(second.result())
                .isEqualTo(new CallResult.Refused(new Refusal(Refusal.Reason.CAPACITY_EXHAUSTED, null)));
    }

    @Test
    void a_rest_of_a_second_at_most_is_waited_for_and_repeated() {
        TestApplication one = TestApplication.with(Fleet.of("a/m"));
        one.call(sink);
        one.transport.last().sent().fails(retryAfter(FailureClass.RATE_LIMITED, 700));
        assertThat(one.transport.attempts()).hasSize(1);

        one.advance(Duration.ofMillis(700));

        assertThat(one.transport.attempts()).hasSize(2);
        one.transport.last().answers("hi");
        assertThat(sink.result()).isInstanceOf(CallResult.Delivered.class);
        assertThat(one.executor.timers()).isZero();
    }

    @Test
    void a_call_whose_total_is_over_ends_and_is_cancelled() {
        two.call(sink);
        FakeTransport.Attempt attempt = two.transport.last().sent();

        two.advance(Duration.ofSeconds(600));

        assertThat(attempt.cancelled()).isTrue();
        attempt.fails(failure(FailureClass.CANCELLED));
        assertThat(sink.result()).isEqualTo(new CallResult.DeadlineExceeded(false));
        assertThat(two.recorded.rows.getFirst().failure()).isEqualTo(FailureClass.TIMEOUT);
        assertThat(two.inFlight()).isZero();
    }

    @Test
    void a_transport_that_says_everything_twice_is_heard_once() {
        two.call(sink);
        FakeTransport.Attempt attempt = two.transport.last().answers("hi");
        attempt.sent().ends().fails(FailureClass.TIMEOUT).says("more");

        assertThat(sink.events()).hasSize(1);
        assertThat(two.recorded.rows).hasSize(1);
        assertThat(two.transport.attempts()).hasSize(1);
    }
}
