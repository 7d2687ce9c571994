package dev.tierway.application.port.out;

import dev.tierway.domain.call.Action;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the usage of limits: reserve before, settle or refund after, each exactly once in effect however often it is
 * delivered.
 */
public interface QuotaStore extends AutoCloseable {
    /**
     * Takes all of it or nothing; checked before anything is incremented. The same attempt again gets the same answer.
     * Completes exceptionally if the store can't answer.
     */
    CompletionStage<Result> reserve(AttemptId attempt, List<Descriptor> descriptors, Amounts estimate);

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

    @Override
    void close();

    /** What a reservation came to. */
    sealed interface Result {
        record Granted() implements Result {}

        /**
         * @param binding the limit that denied it
         * @param retryAfterNanos from now; null if waiting won't help
         */
        record Denied(Descriptor binding, @Nullable Long retryAfterNanos) implements Result {}
    }
}
