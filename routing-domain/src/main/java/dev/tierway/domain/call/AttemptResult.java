package dev.tierway.domain.call;

import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.routing.SpilloverVerdict;
import org.jspecify.annotations.Nullable;

/**
 * What came of one attempt.
 *
 * @param failure null if it delivered, or never was sent
 * @param denied what kept it from being sent; null if it was
 * @param sentNanos when it left; null if it never did
 * @param commitNanos when its answer began to reach the caller; null if it never did
 * @param cost null if unknown
 * @param verdict what the spillover policy made of it
 */
public record AttemptResult(
        @Nullable Failure failure,
        @Nullable String denied,
        long startNanos,
        @Nullable Long sentNanos,
        @Nullable Long commitNanos,
        long endNanos,
        Charged charged,
        @Nullable TokenUsage usage,
        @Nullable NanoUsd cost,
        Verdict verdict) {
    /** What became of the reservation. */
    public enum Charged {
        SETTLED,
        UNKNOWN,
        REFUNDED,
        REFUNDED_BUT_REQUEST,
        NOTHING_RESERVED
    }

    /** What the call did next. */
    public enum Verdict {
        DELIVERED,
        NEXT_REPLICA,
        NEXT_MODEL,
        REPEAT,
        GIVE_UP,
        SELECT_AGAIN,
        ABANDONED;

        static Verdict of(SpilloverVerdict next, boolean abandoned) {
            return abandoned ? ABANDONED : next instanceof SpilloverVerdict.TryAnother ? NEXT_REPLICA : GIVE_UP;
        }
    }
}
