package dev.tierway.application.port.out;

import dev.tierway.domain.call.Action;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Floor;
import dev.tierway.domain.quota.Left;
import dev.tierway.domain.quota.Raised;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the usage of limits: reserve before, settle or refund after, each exactly once in effect however often it is
 * delivered. Every answer completes exceptionally if the store can't give it, with a {@link LimitUnavailableException} if
 * that was to be expected. The arithmetic is the domain's
 * ({@link dev.tierway.domain.quota.Reserving}); the time is the store's own.
 */
public interface QuotaStore extends AutoCloseable {
    /** Takes all of it or nothing; checked before anything is incremented. The same attempt again gets the same answer. */
    CompletionStage<Result> reserve(Reservation reservation);

    /** Applies the difference between the estimate and what was really used; more than reserved is debt. */
    CompletionStage<@Nullable Void> settle(AttemptId attempt, Amounts actual);

    /** The outcome is unknown: rates stay at the estimate, money becomes what was seen. */
    CompletionStage<@Nullable Void> settleUnknown(AttemptId attempt, Amounts seen);

    CompletionStage<@Nullable Void> refund(AttemptId attempt, Action.Refund.Extent extent);

    /**
     * The call is over: gives back its caller's concurrency, which outlives the attempts. Until then, or until its lease
     * ends, it stays taken. A store that keeps no concurrency has nothing to do.
     */
    default CompletionStage<@Nullable Void> finish(String callId) {
        return CompletableFuture.completedFuture(null);
    }

    /**
     * A vendor has told what is left of its limits.
     *
     * @param attempt whose answer told it: calls reserved after that one come on top; null: nobody's, all reserved by now is
     *     counted in it
     */
    CompletionStage<@Nullable Void> observe(@Nullable AttemptId attempt, List<VendorObservation> seen);

    /** What is left of these limits now, in their order; takes nothing. */
    CompletionStage<List<Left>> left(List<Descriptor> descriptors);

    /**
     * Raises what budgets count as spent to what is known to be spent, where that is more; never lowers anything. Several who
     * raise at once don't add up, and once more changes nothing.
     *
     * @param floors no two of the same {@link Descriptor#key()}; of a window that isn't the store's present one: ignored
     * @return those that were raised
     */
    CompletionStage<List<Raised>> raise(List<Floor> floors);

    @Override
    void close();

    /** What a reservation came to. */
    sealed interface Result {
        /**
         * All of it.
         *
         * @param left of each limit whose usage is known after it, in the order of the descriptors; empty for an attempt that
         *     was reserved before
         * @param warning what the caller should know of how it was granted; null: nothing
         */
        record Granted(List<Left> left, @Nullable String warning) implements Result {
            /** As it should be. */
            public Granted(List<Left> left) {
                this(left, null);
            }
        }

        /**
         * Nothing of it.
         *
         * @param binding the limit that is the latest to allow it
         * @param retryAfterNanos from now; null if waiting won't help
         * @param available how much of that limit could be had right now
         */
        record Denied(Descriptor binding, @Nullable Long retryAfterNanos, long available) implements Result {}
    }

    /**
     * A limit that must not be exceeded can't be checked while its store is known not to answer. The store has told the operator
     * already; the message is for the caller, says which limit it is, and what to do.
     */
    final class LimitUnavailableException extends RuntimeException {
        private static final long serialVersionUID = 1;

        public LimitUnavailableException(String message) {
            super(message, null, false, false);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }
}
