package dev.tierway.application.service;

import static dev.tierway.domain.fixture.Replicas.replica;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.application.access.Caller;
import dev.tierway.application.access.Grant;
import dev.tierway.application.error.Errors;
import dev.tierway.application.error.OverloadedException;
import dev.tierway.application.fixture.RecordingSink;
import dev.tierway.application.fixture.TestApplication;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.CallHandle;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.queue.OverloadSettings;
import dev.tierway.application.queue.QueuePriority;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.Policies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Full replicas, and more calls than one instance takes on. */
class OverloadTest {
    private final TestApplication app =
            TestApplication.with(Fleet.fleet().with(replica("a/m").limit(1)), Policies.policy());
    private final Map<String, List<RecordingSink>> sinks = new LinkedHashMap<>();

    private static OverloadSettings bounds(int maxWaiting, int perCaller) {
        return new OverloadSettings(20_000, null, null, maxWaiting, perCaller, Map.of());
    }

    private CallHandle start(String key, boolean stream, CallOptions options, RecordingSink sink) {
        CallCommand plain = app.command(Target.parse("tier:mid"), stream, options);
        CallCommand command = new CallCommand(
                plain.target(), plain.payload(), plain.facts(), plain.options(), "req", new Caller(key, Grant.ALL));
        sinks.computeIfAbsent(key, none -> new ArrayList<>()).add(sink);
        return app.start(command, sink);
    }

    private RecordingSink call(String key) {
        RecordingSink sink = new RecordingSink();
        start(key, false, CallOptions.NONE, sink);
        return sink;
    }

    private long delivered(String key) {
        return sinks.getOrDefault(key, List.of()).stream()
                .filter(RecordingSink::ended)
                .filter(sink -> sink.result() instanceof CallResult.Delivered)
                .count();
    }

    private void answer(int calls) {
        for (int i = 0; i < calls; i++) {
            app.transport.last().answers("ok");
            app.executor.turn();
        }
    }

    @Test
    void one_slot_wakes_one_call() {
        call("a");
        RecordingSink second = call("a");
        RecordingSink third = call("a");

        answer(1);

        assertThat(app.transport.attempts()).hasSize(2);
        assertThat(app.inFlight()).isEqualTo(1);
        answer(1);
        assertThat(second.ended()).isTrue();
        assertThat(third.ended()).isFalse();
    }

    @Test
    void two_callers_share_a_full_replica_however_much_more_one_of_them_asks() {
        for (int i = 0; i < 100; i++) {
            call("greedy");
        }
        call("modest");
        call("modest");

        answer(5);

        assertThat(delivered("modest")).isEqualTo(2);
        assertThat(delivered("greedy")).isEqualTo(3);
    }

    @Test
    void a_newcomer_does_not_push_in_before_those_who_wait() {
        call("greedy");
        RecordingSink waits = call("modest");
        // The slot is free, and its offer is still on the way when the next one comes.
        var running = app.transport.last();
        RecordingSink newcomer = new RecordingSink();
        app.executor.execute(() -> {
            CallCommand plain = app.command("tier:mid", false);
            app.service.call(
                    new CallCommand(
                            plain.target(),
                            plain.payload(),
                            plain.facts(),
                            plain.options(),
                            "req",
                            new Caller("greedy", Grant.ALL)),
                    newcomer);
        });
        running.answers("ok");
        app.executor.turn();

        answer(1);

        assertThat(waits.ended()).as("served before the newcomer").isTrue();
        assertThat(newcomer.ended()).isFalse();
        answer(1);
        assertThat(newcomer.result()).isInstanceOf(CallResult.Delivered.class);
    }

    @Test
    void urgent_callers_get_more_of_a_full_replica() {
        app.overload(new OverloadSettings(
                20_000, null, null, 1000, 500, Map.of("boss", QueuePriority.HIGH, "batch", QueuePriority.LOW)));
        call("x");
        for (int i = 0; i < 30; i++) {
            call("batch");
            call("boss");
        }

        answer(18);

        assertThat(delivered("boss")).isEqualTo(16);
        assertThat(delivered("batch")).isEqualTo(1);
    }

    @Test
    void beyond_the_longest_queue_the_newest_of_whoever_waits_for_most_is_told_to_come_again() {
        app.overload(bounds(3, 500));
        call("x");
        call("greedy");
        call("greedy");
        RecordingSink newest = call("greedy");
        RecordingSink modest = call("modest");

        assertThat(newest.ended()).isTrue();
        var error = Errors.of(newest.selection());
        assertThat(error.httpStatus()).isEqualTo(429);
        assertThat(error.code()).isEqualTo("capacity_exhausted");
        assertThat(error.retryAfter())
                .hasValueSatisfying(after -> assertThat(after).isPositive());
        assertThat(modest.ended()).isFalse();
        assertThat(app.intake.waitingCalls()).containsExactly(0, 3, 0);
    }

    @Test
    void one_caller_may_not_fill_the_queue() {
        app.overload(bounds(100, 2));
        call("x");
        call("greedy");
        call("greedy");

        assertThat(call("greedy").ended()).isTrue();
        assertThat(call("modest").ended()).isFalse();
    }

    @Test
    void nobody_waits_if_nobody_may() {
        app.overload(bounds(0, 0));
        call("x");

        assertThat(call("y").result()).isInstanceOf(CallResult.Refused.class);
    }

    /** One slot in half a second: known after a few. */
    private void drainSlowly() {
        call("x");
        for (int i = 0; i < 4; i++) {
            call("warm-up");
            app.advance(Duration.ofMillis(500));
            answer(1);
        }
    }

    @Test
    void a_call_whose_turn_would_come_after_its_deadline_is_refused_at_once() {
        drainSlowly();
        call("greedy");

        RecordingSink hasty = new RecordingSink();
        start(
                "greedy",
                false,
                CallOptions.builder().deadline(Duration.ofMillis(600)).build(),
                hasty);
        RecordingSink patient = call("greedy");

        assertThat(hasty.ended()).as("its turn comes in a second").isTrue();
        assertThat(Errors.of(hasty.selection()).retryAfter()).isPresent();
        assertThat(patient.ended()).isFalse();
    }

    @Test
    void when_to_try_again_grows_with_the_queue() {
        app.overload(bounds(6, 500));
        drainSlowly();
        for (int i = 0; i < 6; i++) {
            start("k" + i, false, CallOptions.NONE, new RecordingSink());
        }

        RecordingSink late = call("k0");

        assertThat(late.ended()).isTrue();
        assertThat(Errors.of(late.selection()).retryAfter().orElseThrow()).isGreaterThan(Duration.ofMillis(1500));
    }

    @Test
    void a_client_that_leaves_while_it_waits_gives_its_turn_to_the_next() {
        call("x");
        CallHandle leaving = start("a", false, CallOptions.NONE, new RecordingSink());
        RecordingSink next = call("b");
        leaving.leave();
        app.executor.turn();

        answer(2);

        assertThat(next.ended()).isTrue();
        assertThat(app.intake.waitingCalls()).containsExactly(0, 0, 0);
    }

    @Test
    void who_waits_is_bounded_in_time() {
        call("x");
        RecordingSink waits = call("y");

        app.advance(Duration.ofSeconds(3));

        assertThat(waits.result()).isInstanceOf(CallResult.Refused.class);
        assertThat(app.intake.waitingCalls()).containsExactly(0, 0, 0);
    }

    @Test
    void more_calls_than_one_instance_may_have_are_its_own_overload() {
        app.overload(new OverloadSettings(2, null, null, 10, 10, Map.of()));
        call("a");
        call("a");

        assertThatThrownBy(() -> call("a")).isInstanceOfSatisfying(OverloadedException.class, error -> {
            assertThat(error.httpStatus()).isEqualTo(503);
            assertThat(error.code()).isEqualTo("overloaded");
            assertThat(error.retryAfter()).isPresent();
            assertThat(error.retryable()).isTrue();
        });
        answer(1);
        assertThat(call("a").ended()).isFalse();
    }

    @Test
    void streams_may_have_a_limit_of_their_own() {
        app.overload(new OverloadSettings(100, 1, null, 10, 10, Map.of()));
        RecordingSink sink = new RecordingSink();
        CallHandle stream = start("a", true, CallOptions.NONE, sink);

        assertThatThrownBy(() -> start("a", true, CallOptions.NONE, new RecordingSink()))
                .isInstanceOf(OverloadedException.class);
        assertThat(call("a").ended()).isFalse();
        stream.leave();
        app.executor.turn();
        app.transport.last().fails(dev.tierway.domain.failure.FailureClass.CANCELLED);
        start("a", true, CallOptions.NONE, new RecordingSink());
    }

    @Test
    void no_more_calls_begin_in_a_second_than_may() {
        app.overload(new OverloadSettings(1000, null, 5, 100, 100, Map.of()));
        for (int i = 0; i < 5; i++) {
            call("a");
        }

        assertThatThrownBy(() -> call("a")).isInstanceOf(OverloadedException.class);
        app.advance(Duration.ofMillis(200));
        call("a");
        assertThatThrownBy(() -> call("a")).isInstanceOf(OverloadedException.class);
    }

    @Test
    void a_call_that_cannot_be_planned_holds_no_place() {
        app.overload(new OverloadSettings(1, null, null, 10, 10, Map.of()));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> app.start(app.command("no-such-model", false), new RecordingSink()))
                    .isNotInstanceOf(OverloadedException.class);
        }
        assertThat(call("a").ended()).isFalse();
    }
}
