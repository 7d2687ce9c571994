package dev.tierway.domain.call;

import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the driver of a call is to do next, in this order. */
public sealed interface Action {
    /** Reserve all of it or nothing, then answer Reserved, Denied or ReserveFailed. */
    record Reserve(AttemptId attempt, Replica replica, List<Descriptor> descriptors, Amounts estimate)
            implements Action {}

    /** Call the replica; answer Sent, then Committed, Delivered or Failed. */
    record Send(AttemptId attempt, Replica replica, AttemptClocks clocks) implements Action {}

    /** From now on what this attempt sends is the caller's; what was held back goes first. */
    record Relay(AttemptId attempt) implements Action {}

    /** Stop the attempt; answer Failed (cancelled), or Delivered if it was faster. */
    record Cancel(AttemptId attempt) implements Action {}

    /**
     * Turn the reservation into the real usage.
     *
     * @param usage null: unknown; rates stay at the estimate
     * @param cost what it cost; null if the price is unknown
     * @param counted what limits on money count of it: the cost, else by the dearest known price; zero if nothing is known
     */
    record Settle(
            AttemptId attempt,
            @Nullable TokenUsage usage,
            @Nullable NanoUsd cost,
            NanoUsd counted) implements Action {}

    /** Give the reservation back. */
    record Refund(AttemptId attempt, Extent extent) implements Action {
        /** How much of it. */
        public enum Extent {
            ALL,
            ALL_BUT_REQUEST
        }
    }

    /** Ring at that time of the monotonic clock; replaces a timer of the same kind. */
    record Arm(TimerKind timer, long atNanos) implements Action {}

    record Disarm(TimerKind timer) implements Action {}

    /**
     * Wait for a slot. A timer is armed beside it.
     *
     * @param untilNanos when to look again without being offered one
     * @param limitNanos how long the call may wait in all
     * @param full those it would go to if they had a slot free; empty if it waits for something else
     */
    record Park(long untilNanos, long limitNanos, List<Replica> full) implements Action {
        public Park {
            full = List.copyOf(full);
        }
    }

    /** The call is over for its caller. Once per call; settling may follow. */
    record Finish(CallResult result, Selection selection) implements Action {}
}
