package dev.tierway.adapter.providers.simulated;

import io.netty.channel.ChannelOption;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** Does the steps of one reply, no faster than the client reads. Used on the socket's event loop only. */
final class StepPlayer {
    private static final int STEPS_AT_A_TIME = 64;

    private final Vertx vertx;
    private final NetSocket socket;
    private final IntConsumer tokensSent;
    private final Consumer<Boolean> done;
    private final Deque<Step> ahead;
    private long dueNanos = System.nanoTime();
    private boolean stopped;

    /** @param done told once the reply is over, and whether it is whole; not after {@link #stop} */
    StepPlayer(Vertx vertx, NetSocket socket, List<Step> steps, IntConsumer tokensSent, Consumer<Boolean> done) {
        this.vertx = vertx;
        this.socket = socket;
        this.tokensSent = tokensSent;
        this.done = done;
        this.ahead = new ArrayDeque<>(steps);
    }

    void play() {
        boolean on = true;
        for (int turns = 0; on && !stopped && !ahead.isEmpty(); turns++) {
            if (turns == STEPS_AT_A_TIME) {
                // Others live on this loop too; and only between turns is heard that the client has left.
                vertx.runOnContext(nothing -> play());
                return;
            }
            if (socket.writeQueueFull()) {
                socket.drainHandler(nothing -> play());
                return;
            }
            on = step(ahead.remove());
        }
    }

    void stop() {
        stopped = true;
    }

    private boolean step(Step step) {
        return switch (step) {
            case Step.Write(byte[] bytes, int tokens) -> {
                socket.write(Buffer.buffer(bytes));
                tokensSent.accept(tokens);
                yield true;
            }
            case Step.Wait(long nanos) -> !sleeps(nanos);
            case Step.Repeat(List<Step> steps) -> {
                steps.forEach(ahead::add);
                ahead.add(step);
                yield true;
            }
            case Step.Done() -> over(true);
            case Step.Close() -> {
                over(false);
                socket.close();
                yield false;
            }
            case Step.Reset() -> {
                over(false);
                if (socket instanceof NetSocketInternal internal) {
                    // Closing without lingering is what makes a TCP stack send a reset.
                    internal.channelHandlerContext().channel().config().setOption(ChannelOption.SO_LINGER, 0);
                }
                socket.close();
                yield false;
            }
            case Step.Hang() -> false;
        };
    }

    private boolean over(boolean whole) {
        stopped = true;
        done.accept(whole);
        return false;
    }

    private boolean sleeps(long nanos) {
        dueNanos += nanos;
        long left = dueNanos - System.nanoTime();
        if (left <= 0) {
            return false;
        }
        vertx.setTimer(TimeUnit.NANOSECONDS.toMillis(left) + 1, id -> play());
        return true;
    }
}
