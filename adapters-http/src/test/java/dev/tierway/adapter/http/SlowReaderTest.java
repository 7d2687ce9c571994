package dev.tierway.adapter.http;

import static dev.tierway.adapter.http.TestGateway.BODY;
import static dev.tierway.adapter.http.TestGateway.STREAM_BODY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.port.out.ReplyEvent;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlowReaderTest {
    private static final String TEXT = "x".repeat(16_000);
    private static final int EVENT_BYTES = 16_050;

    private final TestGateway gateway = new TestGateway(TestGateway.limits(
            Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofMillis(500)));

    private final TestGateway patient = new TestGateway();

    @AfterAll
    void close() {
        gateway.close();
        patient.close();
    }

    @BeforeEach
    void forget() {
        gateway.calls.reset();
    }

    /** Sends as many events as are asked for, as soon as they are. */
    private static void obey(FakeCall call, AtomicLong sent, long total) {
        while (call.demand.get() > 0 && sent.get() < total) {
            sent.incrementAndGet();
            call.text(TEXT);
        }
        if (sent.get() == total) {
            sent.incrementAndGet();
            call.deliver();
        }
    }

    @Test
    void events_are_asked_for_only_while_the_client_reads() throws Exception {
        long total = 4000;
        AtomicLong sent = new AtomicLong();
        try (RawClient client = patient.raw()) {
            client.write(RawClient.post("/v1/chat/completions", "", STREAM_BODY));
            FakeCall call = patient.calls.next();
            call.begin().heard();
            call.onDemand(() -> call.on(() -> obey(call, sent, total)));
            call.on(() -> obey(call, sent, total));
            // 64 MB are to come; what the kernel and one window of events hold is a small part of it.
            long stuck = untilItStops(call, sent);
            assertThat(stuck * EVENT_BYTES).isLessThan(24L << 20);
            assertThat(stuck).isGreaterThan(32);
            String all = client.readUntil("[DONE]");
            assertThat(all.split("data: \\{").length - 1).isEqualTo((int) total);
        }
    }

    /** The number of events sent once the loop has turned many times without another. */
    private static long untilItStops(FakeCall call, AtomicLong sent) throws Exception {
        long before = -1;
        for (int same = 0; same < 50; ) {
            call.heard();
            same = sent.get() == before ? same + 1 : 0;
            before = sent.get();
        }
        return before;
    }

    @Test
    void a_client_that_takes_nothing_has_left() throws Exception {
        AtomicLong sent = new AtomicLong();
        try (RawClient client = gateway.raw()) {
            client.write(RawClient.post("/v1/chat/completions", "", STREAM_BODY));
            FakeCall call = gateway.calls.next();
            call.onDemand(() -> call.on(() -> obey(call, sent, 100_000)));
            call.begin().on(() -> obey(call, sent, 100_000));
            assertThat(call.awaitLeft()).isTrue();
        }
    }

    @Test
    void a_client_that_waits_for_a_silent_vendor_hasnt_left() throws Exception {
        try (RawClient client = gateway.raw();
                RawClient other = gateway.raw()) {
            client.write(RawClient.post("/v1/chat/completions", "", STREAM_BODY));
            FakeCall silent = gateway.calls.next().begin().text("one");
            client.readUntil("one");
            // A stalled client beside it is given up meanwhile.
            other.write(RawClient.post("/v1/chat/completions", "", STREAM_BODY));
            FakeCall stalled = gateway.calls.next();
            AtomicLong sent = new AtomicLong();
            stalled.onDemand(() -> stalled.on(() -> obey(stalled, sent, 100_000)));
            stalled.begin().on(() -> obey(stalled, sent, 100_000));
            assertThat(stalled.awaitLeft()).isTrue();
            assertThat(silent.hasLeft()).isFalse();
            silent.text("two").deliver();
            client.readUntil("[DONE]");
        }
    }

    @Test
    void a_large_unary_reply_nobody_takes_is_given_up() throws Exception {
        byte[] large = ("{\"a\":\"" + "x".repeat(40 << 20) + "\"}").getBytes(UTF_8);
        gateway.calls.answer(call -> call.begin()
                .event(new ReplyEvent.Frame(large, ReplyEvent.Frame.Kind.SEMANTIC))
                .deliver());
        try (RawClient client = gateway.raw()) {
            client.write(RawClient.post("/v1/chat/completions", "", BODY));
            gateway.calls.next().heard();
            assertThat(gateway.server.running()).isEqualTo(1);
            long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (gateway.server.running() > 0 && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            assertThat(gateway.server.running()).isZero();
            assertThat(client.readAll().length()).isLessThan(40 << 20);
        }
    }

    @Test
    void a_client_that_takes_nothing_doesnt_hold_up_the_close() throws Exception {
        try (TestGateway closing = new TestGateway();
                RawClient client = closing.raw()) {
            client.write(RawClient.post("/v1/chat/completions", "", STREAM_BODY));
            AtomicLong sent = new AtomicLong();
            FakeCall call = closing.calls.next();
            call.onDemand(() -> call.on(() -> obey(call, sent, 100_000)));
            call.begin().on(() -> obey(call, sent, 100_000));
            untilItStops(call, sent);
            TestGateway.await(closing.server.close());
            assertThat(call.awaitLeft()).isTrue();
        }
    }
}
