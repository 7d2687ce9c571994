package dev.tierway.domain.call;

import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Left;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can happen to a call. Drivers feed events in order; the machine answers with {@link Action}s. */
public sealed interface Event {
    /** The call begins. Once, and first, unless the call ends before it does. */
    record Started() implements Event {}

    /**
     * The quota store granted the attempt's reservation.
     *
     * @param left of each limit after it; empty if nobody said
     */
    record Reserved(AttemptId attempt, List<Left> left) implements Event {
        public Reserved(AttemptId attempt) {
            this(attempt, List.of());
        }
    }

    /**
     * The quota store denied it.
     *
     * @param descriptor the limit that binds; its side decides whether another replica may do
     * @param retryAtNanos when it may be granted; null if waiting won't help
     * @param available how much of that limit could be had right now
     */
    record Denied(
            AttemptId attempt,
            Descriptor descriptor,
            @Nullable Long retryAtNanos,
            long available) implements Event {
        /** Nothing could be had. */
        public Denied(AttemptId attempt, Descriptor descriptor, @Nullable Long retryAtNanos) {
            this(attempt, descriptor, retryAtNanos, 0);
        }
    }

    /** The quota store couldn't answer. */
    record ReserveFailed(AttemptId attempt, String message) implements Event {}

    /** The request is on its way to the vendor. */
    record Sent(AttemptId attempt) implements Event {}

    /** The first semantic token of a stream, or the whole validated body of a unary reply, is here. */
    record Committed(AttemptId attempt) implements Event {}

    /** The reply is complete. */
    record Delivered(AttemptId attempt, TokenUsage usage) implements Event {}

    /** The attempt failed, or ended because it was cancelled. */
    record Failed(AttemptId attempt, Failure failure) implements Event {}

    /** A timer armed earlier rang. */
    record Fired(TimerKind timer) implements Event {}

    /** A slot a parked call may want became free. */
    record SlotOffered() implements Event {}

    /**
     * Too many wait for a slot: this call is not to wait any longer, or didn't get to start.
     *
     * @param retryAtNanos when it may find room, on the monotonic clock; null if nobody knows
     */
    record Shed(@Nullable Long retryAtNanos) implements Event {}

    /** The client is gone. */
    record ClientLeft() implements Event {}

    /** Somebody with the right to do so ended the call. */
    record Stopped(String by) implements Event {}

    /** What is beside the routing, a plugin, has ended the call: this is what it comes to. */
    record Overruled(CallResult result) implements Event {}

    /** An operator holds whoever made the call. */
    record Halted(String why) implements Event {}
}
