package dev.tierway.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.CallHandle;
import dev.tierway.application.port.in.ReplySink;
import dev.tierway.application.port.out.Payload;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.application.port.out.ReplyHead;
import dev.tierway.application.port.out.WireRequest;
import dev.tierway.domain.call.Selection;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** One call in a test's hands. What the test makes it say is said on the call's event loop, like the driver does. */
final class FakeCall implements CallHandle {
    private static final AtomicInteger IDS = new AtomicInteger();

    final CallCommand command;
    final AtomicLong demand = new AtomicLong();
    private final String id = "dec_" + IDS.incrementAndGet();
    private final ReplySink sink;
    private final Context context = Vertx.currentContext();
    private final CountDownLatch left = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile Runnable onDemand = () -> {};

    FakeCall(CallCommand command, ReplySink sink) {
        this.command = command;
        this.sink = sink;
    }

    WireRequest wire() {
        return ((Payload.Wire) command.payload()).request();
    }

    FakeCall begin() {
        return begin(1, List.of());
    }

    FakeCall begin(int attempts, List<String> warnings) {
        return on(() ->
                sink.begin(new ReplySink.Begun(id, Selections.WEST, attempts, warnings, new ReplyHead(200, Map.of()))));
    }

    FakeCall frame(String text, ReplyEvent.Frame.Kind kind) {
        return event(new ReplyEvent.Frame(text.getBytes(StandardCharsets.UTF_8), kind));
    }

    /** A stream's event with one piece of text. */
    FakeCall text(String text) {
        return frame(
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}\n\n",
                ReplyEvent.Frame.Kind.SEMANTIC);
    }

    FakeCall body(String json) {
        return frame(json, ReplyEvent.Frame.Kind.SEMANTIC);
    }

    FakeCall event(ReplyEvent event) {
        return on(() -> {
            demand.decrementAndGet();
            sink.event(event);
        });
    }

    FakeCall end(Selection selection) {
        on(() -> sink.end(selection));
        over.countDown();
        return this;
    }

    FakeCall deliver() {
        return end(Selections.delivered(id, command.requestId(), command.facts().stream(), Selections.COST));
    }

    /** Runs on the call's event loop, in order: at once if we are there. */
    FakeCall on(Runnable task) {
        if (Vertx.currentContext() == context) {
            task.run();
        } else {
            context.runOnContext(turn -> task.run());
        }
        return this;
    }

    /** Waits until everything said so far has been heard. */
    FakeCall heard() throws Exception {
        CountDownLatch turn = new CountDownLatch(1);
        context.runOnContext(v -> turn.countDown());
        assertThat(turn.await(10, TimeUnit.SECONDS)).as("the event loop turned").isTrue();
        return this;
    }

    void onDemand(Runnable action) {
        onDemand = action;
    }

    boolean awaitLeft() throws InterruptedException {
        return left.await(10, TimeUnit.SECONDS);
    }

    boolean hasLeft() {
        return left.getCount() == 0;
    }

    @Override
    public String callId() {
        return id;
    }

    @Override
    public void request(long events) {
        demand.addAndGet(events);
        onDemand.run();
    }

    @Override
    public void leave() {
        left.countDown();
        if (over.getCount() > 0) {
            over.countDown();
            on(() -> sink.end(Selections.clientGone(id, command.requestId())));
        }
    }

    @Override
    public void stop(String by) {
        throw new UnsupportedOperationException();
    }
}
