package dev.tierway.application.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.application.access.Caller;
import dev.tierway.application.access.Grant;
import dev.tierway.application.error.InvalidRequestException;
import dev.tierway.application.fixture.RecordingSink;
import dev.tierway.application.fixture.TestApplication;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.CallHandle;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.out.KeptReplies;
import dev.tierway.application.port.out.KeptReply;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Fleet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotentCallsTest {
    private final Map<KeptReplies.Name, KeptReply> kept = new HashMap<>();
    private long mostBytes = 1 << 20;
    private final KeptReplies store = new KeptReplies() {
        @Override
        public @Nullable KeptReply find(Name name) {
            return kept.get(name);
        }

        @Override
        public void keep(Name name, KeptReply reply) {
            kept.put(name, reply);
        }

        @Override
        public long mostBytes() {
            return mostBytes;
        }
    };
    private final TestApplication app = TestApplication.with(Fleet.of("a/m"));
    private final IdempotentCalls calls = new IdempotentCalls(app.service, store, app.executor);

    private CallCommand command(String caller, String key, String model, boolean stream) {
        CallCommand plain = app.command(
                Target.parse(model),
                stream,
                CallOptions.builder().idempotencyKey(key).build());
        return new CallCommand(
                plain.target(), plain.payload(), plain.facts(), plain.options(), "req", new Caller(caller, Grant.ALL));
    }

    private CallHandle call(CallCommand command, RecordingSink sink) {
        CallHandle handle = calls.call(command, sink);
        handle.request(100);
        app.executor.turn();
        return handle;
    }

    private RecordingSink call(boolean stream) {
        RecordingSink sink = new RecordingSink();
        call(command("caller", "key", "tier:mid", stream), sink);
        return sink;
    }

    private void answer(boolean stream) {
        if (stream) {
            app.transport.last().sent().head().begins().says("one ").says("two").ends();
        } else {
            app.transport.last().answers("one two");
        }
        app.executor.turn();
    }

    private static String said(RecordingSink sink) {
        StringBuilder said = new StringBuilder(sink.text());
        for (ReplyEvent event : sink.events()) {
            if (event instanceof ReplyEvent.Whole whole) {
                said.append(whole.response().text());
            }
        }
        return said.toString();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sent_again_afterwards_it_gets_the_same_answer_without_a_call(boolean stream) {
        RecordingSink first = call(stream);
        answer(stream);
        RecordingSink again = new RecordingSink();
        CallHandle handle = call(command("caller", "key", "tier:mid", stream), again);

        assertThat(app.transport.attempts()).hasSize(1);
        assertThat(handle.replayed()).isTrue();
        assertThat(again.events()).isEqualTo(first.events());
        assertThat(said(again)).isEqualTo("one two");
        assertThat(again.result()).isInstanceOf(CallResult.Delivered.class);
        assertThat(handle.callId()).isEqualTo(first.begun().callId());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void the_same_key_twice_at_once_is_one_call_upstream(boolean stream) {
        RecordingSink first = call(stream);
        RecordingSink second = call(stream);
        assertThat(app.transport.attempts()).hasSize(1);
        assertThat(second.hasBegun()).isFalse();

        answer(stream);

        assertThat(app.transport.attempts()).hasSize(1);
        assertThat(said(first)).isEqualTo("one two");
        assertThat(second.events()).isEqualTo(first.events());
        assertThat(second.ended()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void another_request_under_the_key_is_422_in_flight_and_afterwards(boolean stream) {
        call(stream);
        assertOther(stream);
        answer(stream);
        assertOther(stream);
        assertThat(app.transport.attempts()).hasSize(1);
    }

    private void assertOther(boolean stream) {
        CallCommand other = command("caller", "key", "m", stream);
        assertThatThrownBy(() -> calls.call(other, new RecordingSink()))
                .isInstanceOfSatisfying(InvalidRequestException.class, error -> {
                    assertThat(error.httpStatus()).isEqualTo(422);
                    assertThat(error.code()).isEqualTo("idempotency_key_reused");
                });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_failure_that_may_pass_is_tried_again(boolean stream) {
        RecordingSink first = call(stream);
        app.transport.last().fails(FailureClass.UPSTREAM_FAULT);
        app.executor.turn();
        assertThat(first.ended()).isTrue();

        RecordingSink again = call(stream);
        answer(stream);

        assertThat(app.transport.attempts()).hasSize(2);
        assertThat(said(again)).isEqualTo("one two");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void what_a_vendor_refused_for_good_is_refused_again_without_a_call(boolean stream) {
        call(stream);
        app.transport.last().sent().fails(FailureClass.INVALID_REQUEST);
        app.executor.turn();

        RecordingSink again = call(stream);

        assertThat(app.transport.attempts()).hasSize(1);
        assertThat(again.result()).isInstanceOf(CallResult.Exhausted.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void who_waited_for_a_call_that_failed_calls_itself_one_for_all(boolean stream) {
        call(stream);
        RecordingSink second = call(stream);
        RecordingSink third = call(stream);
        app.transport.last().fails(FailureClass.UPSTREAM_FAULT);
        app.executor.turn();
        assertThat(app.transport.attempts()).hasSize(2);

        answer(stream);

        assertThat(app.transport.attempts()).hasSize(2);
        assertThat(said(second)).isEqualTo("one two");
        assertThat(said(third)).isEqualTo("one two");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_caller_that_leaves_does_not_take_the_call_from_others_who_wait(boolean stream) {
        RecordingSink first = new RecordingSink();
        CallHandle leaving = call(command("caller", "key", "tier:mid", stream), first);
        RecordingSink second = call(stream);

        leaving.leave();
        app.executor.turn();
        assertThat(app.transport.last().cancelled()).isFalse();
        answer(stream);

        assertThat(said(second)).isEqualTo("one two");
        assertThat(first.ended()).isFalse();
    }

    @Test
    void the_last_who_leaves_takes_the_call_along() {
        CallHandle one = call(command("caller", "key", "tier:mid", false), new RecordingSink());
        CallHandle two = call(command("caller", "key", "tier:mid", false), new RecordingSink());

        one.leave();
        two.leave();
        app.executor.turn();

        assertThat(app.transport.last().cancelled()).isTrue();
    }

    @Test
    void a_key_lives_inside_its_callers_space() {
        call(false);
        answer(false);
        RecordingSink others = new RecordingSink();

        call(command("another", "key", "tier:mid", false), others);

        assertThat(app.transport.attempts()).hasSize(2);
    }

    @Test
    void a_refusal_before_anything_was_sent_is_not_kept() {
        app.service.drain();
        assertThatThrownBy(() -> call(false)).hasMessageContaining("shutting down");

        assertThat(kept).isEmpty();
        assertThatThrownBy(() -> call(false)).hasMessageContaining("shutting down");
    }

    @Test
    void who_waited_hears_why_nothing_can_begin_any_more() {
        call(false);
        RefusedSink waits = new RefusedSink();
        calls.call(command("caller", "key", "tier:mid", false), waits);
        var unused = app.service.drain();

        app.transport.last().fails(FailureClass.UPSTREAM_FAULT);
        app.executor.turn();

        assertThat(waits.why).hasMessageContaining("shutting down");
    }

    private static final class RefusedSink implements dev.tierway.application.port.in.ReplySink {
        private @Nullable RuntimeException why;

        @Override
        public void begin(Begun begun) {}

        @Override
        public void event(ReplyEvent event) {}

        @Override
        public void end(dev.tierway.domain.call.Selection selection) {}

        @Override
        public void refused(dev.tierway.application.error.TierwayException refused) {
            why = refused;
        }
    }

    @Test
    void a_reply_too_large_to_keep_is_called_for_again() {
        mostBytes = 4100;
        call(false);
        answer(false);
        call(false);

        assertThat(app.transport.attempts()).hasSize(2);
        assertThat(kept).isEmpty();
    }

    @Test
    void a_replayed_stream_goes_as_fast_as_it_is_read() {
        call(true);
        answer(true);
        RecordingSink slow = new RecordingSink();
        CallHandle handle = calls.call(command("caller", "key", "tier:mid", true), slow);
        app.executor.turn();
        assertThat(slow.events()).isEmpty();

        handle.request(1);
        app.executor.turn();
        assertThat(slow.events()).hasSize(1);
        assertThat(slow.ended()).isFalse();
        handle.request(10);
        app.executor.turn();
        assertThat(slow.ended()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "ümlaut"})
    void a_key_that_cannot_be_one_is_400(String key) {
        assertThatThrownBy(() -> calls.call(command("caller", key, "tier:mid", false), new RecordingSink()))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        error -> assertThat(error.httpStatus()).isEqualTo(400));
    }
}
