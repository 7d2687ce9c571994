package dev.tierway.application.facade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.error.AllReplicasExhaustedException;
import dev.tierway.application.error.CallCancelledException;
import dev.tierway.application.error.StreamBrokenException;
import dev.tierway.application.error.UnknownModelException;
import dev.tierway.application.fixture.FakeQuotaStore;
import dev.tierway.application.fixture.FakeTransport;
import dev.tierway.application.fixture.LoopExecutor;
import dev.tierway.application.fixture.Recorded;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.service.CallService;
import dev.tierway.application.service.Ports;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.Policies;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls from Java, over a real event loop and a scripted vendor. */
@Timeout(30)
class ChatCallsTest {
    private static final Target MID = Target.parse("tier:mid");
    private static final ChatRequest HELLO = ChatRequest.of("hello");

    private final LoopExecutor loop = new LoopExecutor();
    private final FakeTransport transport = new FakeTransport(() -> {});
    private final Recorded recorded = new Recorded();
    private final AtomicLong entropy = new AtomicLong();
    private final CallService service = new CallService(
            Fleet.of("a/m", "b/m").registry(),
            () -> Policies.policy().build(),
            new Ports(
                    transport,
                    new FakeQuotaStore(),
                    recorded,
                    recorded,
                    List.of(recorded),
                    loop,
                    System::nanoTime,
                    System::currentTimeMillis,
                    entropy::incrementAndGet),
            "test");
    private final ChatCalls calls = new ChatCalls(service, service, loop, entropy::incrementAndGet);

    @AfterEach
    void close() {
        loop.close();
    }

    private Routed<ChatResponse> call() {
        return calls.call(MID, HELLO, CallOptions.NONE);
    }

    @Test
    void a_blocking_call_returns_the_answer_with_its_decision() {
        transport.always(attempt -> attempt.answers("hi there"));

        Routed<ChatResponse> routed = call();

        assertThat(routed.response().text()).isEqualTo("hi there");
        assertThat(routed.selection().result()).isInstanceOf(CallResult.Delivered.class);
        assertThat(routed.selection().rounds()).hasSize(1);
    }

    @Test
    void a_call_that_fails_throws_what_the_caller_is_told() {
        transport.always(attempt -> attempt.sent().fails(FailureClass.UPSTREAM_FAULT));

        assertThatThrownBy(this::call).isInstanceOfSatisfying(AllReplicasExhaustedException.class, thrown -> {
            assertThat(thrown.httpStatus()).isEqualTo(502);
            assertThat(thrown.selection().orElseThrow().attempts()).isEqualTo(2);
        });
        assertThatThrownBy(() -> calls.call(Target.parse("nothing"), HELLO, CallOptions.NONE))
                .isInstanceOf(UnknownModelException.class);
    }

    @Test
    void on_an_event_loop_the_blocking_methods_refuse_and_name_their_twins() throws Exception {
        CompletableFuture<List<Throwable>> thrown = new CompletableFuture<>();
        loop.execute(() -> {
            List<Throwable> all = new ArrayList<>();
            for (Runnable blocking : List.<Runnable>of(this::call, () -> calls.stream(MID, HELLO, CallOptions.NONE))) {
                try {
                    blocking.run();
                } catch (IllegalStateException refused) {
                    all.add(refused);
                }
            }
            thrown.complete(all);
        });

        assertThat(thrown.get())
                .extracting(Throwable::getMessage)
                .containsExactly(
                        "this thread is an event loop and must not wait; use callAsync",
                        "this thread is an event loop and must not wait; use streamAsync");
        assertThat(transport.attempts()).isEmpty();
    }

    @Test
    void interrupting_the_caller_cancels_upstream() throws Exception {
        CountDownLatch opened = new CountDownLatch(1);
        transport.always(attempt -> opened.countDown());
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                call();
            } catch (CallCancelledException cancelled) {
                thrown.complete(Thread.currentThread().isInterrupted() ? cancelled : null);
            }
        });
        opened.await();

        caller.interrupt();

        assertThat(thrown.get()).as("and stays interrupted").isInstanceOf(CallCancelledException.class);
        assertThat(transport.firstCancelled().get().cancelled()).isTrue();
    }

    @Test
    void an_asynchronous_call_completes_on_a_virtual_thread_so_that_what_follows_may_block() throws Exception {
        CountDownLatch opened = new CountDownLatch(1);
        transport.always(attempt -> opened.countDown());
        CompletableFuture<Boolean> virtual = calls.callAsync(MID, HELLO, CallOptions.NONE)
                .thenApply(routed -> Thread.currentThread().isVirtual());
        opened.await();

        transport.last().answers("hi");

        assertThat(virtual.get()).isTrue();
    }

    @Test
    void an_asynchronous_call_fails_with_what_the_caller_is_told() {
        transport.always(attempt -> attempt.sent().fails(FailureClass.INVALID_REQUEST));

        assertThatThrownBy(() -> calls.callAsync(MID, HELLO, CallOptions.NONE).get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(dev.tierway.application.error.InvalidRequestException.class);
        assertThat(calls.callAsync(Target.parse("nothing"), HELLO, CallOptions.NONE))
                .isCompletedExceptionally();
    }

    @Test
    void cancelling_the_future_cancels_upstream() throws Exception {
        CountDownLatch opened = new CountDownLatch(1);
        transport.always(attempt -> opened.countDown());
        CompletableFuture<Routed<ChatResponse>> future = calls.callAsync(MID, HELLO, CallOptions.NONE);
        opened.await();

        future.cancel(true);

        assertThat(transport.firstCancelled().get().cancelled()).isTrue();
    }

    @Test
    void explaining_calls_nobody() {
        assertThat(calls.explain(MID, HELLO, CallOptions.NONE).dryRun()).isTrue();
        assertThat(transport.attempts()).isEmpty();
    }

    @Test
    void a_stream_is_read_piece_by_piece_and_ends_with_usage_and_decision() {
        transport.always(
                attempt -> attempt.sent().head().begins().says("hel").says("lo").ends());

        try (ChatStream stream = calls.stream(MID, HELLO, CallOptions.NONE)) {
            assertThatThrownBy(stream::selection).isInstanceOf(IllegalStateException.class);
            List<ChatEvent> events = new ArrayList<>();
            stream.forEach(events::add);

            assertThat(events).hasSize(3);
            assertThat(stream.text()).isEqualTo("hello");
            assertThat(stream.usage()).contains(FakeTransport.USAGE);
            assertThat(stream.selection().result()).isInstanceOf(CallResult.Delivered.class);
            assertThatThrownBy(stream::iterator).hasMessage("a stream can be read once");
        }
    }

    @Test
    void a_stream_that_breaks_throws_with_what_had_been_read_and_keeps_throwing() {
        transport.always(attempt -> attempt.sent().head().says("hel").fails(FailureClass.STREAM_BROKEN));
        ChatStream stream = calls.stream(MID, HELLO, CallOptions.NONE);
        var iterator = stream.iterator();
        iterator.next();

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(iterator::hasNext)
                    .isInstanceOfSatisfying(
                            StreamBrokenException.class,
                            broken -> assertThat(broken.partialText()).isEqualTo("hel"));
        }
        assertThat(stream.usage()).isEmpty();
    }

    @Test
    void a_stream_that_nobody_can_serve_throws_at_its_first_piece() {
        transport.always(attempt -> attempt.sent().fails(FailureClass.CREDENTIAL));

        ChatStream stream = calls.stream(MID, HELLO, CallOptions.NONE);

        assertThatThrownBy(() -> stream.iterator().next()).isInstanceOf(AllReplicasExhaustedException.class);
    }

    @Test
    void closing_a_stream_before_its_end_cancels_upstream() throws Exception {
        transport.always(attempt -> attempt.sent().head().says("hel"));
        try (ChatStream stream = calls.stream(MID, HELLO, CallOptions.NONE)) {
            assertThat(stream.iterator().next()).isInstanceOf(ChatEvent.TextDelta.class);
        }

        assertThat(transport.firstCancelled().get().cancelled()).isTrue();
    }

    @Test
    void interrupting_a_reader_cancels_upstream() throws Exception {
        CountDownLatch opened = new CountDownLatch(1);
        transport.always(attempt -> opened.countDown());
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread reader = Thread.ofVirtual().start(() -> {
            try {
                calls.stream(MID, HELLO, CallOptions.NONE).iterator().next();
            } catch (CallCancelledException cancelled) {
                thrown.complete(cancelled);
            }
        });
        assertThat(opened.await(10, TimeUnit.SECONDS)).isTrue();

        reader.interrupt();

        assertThat(thrown.get()).isNotNull();
        assertThat(transport.firstCancelled().get().cancelled()).isTrue();
    }
}
