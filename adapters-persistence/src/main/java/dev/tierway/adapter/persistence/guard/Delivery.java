package dev.tierway.adapter.persistence.guard;

import dev.tierway.application.port.out.QuotaStore;
import dev.tierway.application.port.out.Reservation;
import dev.tierway.domain.call.Action.Refund.Extent;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Ending;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What a store has to hear of, however late; hearing it twice changes nothing. */
sealed interface Delivery {
    CompletionStage<@Nullable Void> to(QuotaStore store, long nowNanos);

    /** How an attempt's reservation ended. */
    record End(AttemptId attempt, Ending ending) implements Delivery {
        @Override
        public CompletionStage<@Nullable Void> to(QuotaStore store, long nowNanos) {
            return end(store, attempt, ending);
        }
    }

    /** What an attempt used while nobody could be asked. */
    record Report(Reservation asked, Ending ending, long atNanos) implements Delivery {
        @Override
        public CompletionStage<@Nullable Void> to(QuotaStore store, long nowNanos) {
            Reservation used = LocalShare.used(asked, nowNanos - atNanos);
            return used == null
                    ? end(store, asked.attempt(), ending)
                    : store.reserve(used).thenCompose(taken -> end(store, asked.attempt(), ending));
        }
    }

    /** A call is over. */
    record Finish(String callId) implements Delivery {
        @Override
        public CompletionStage<@Nullable Void> to(QuotaStore store, long nowNanos) {
            return store.finish(callId);
        }
    }

    private static CompletionStage<@Nullable Void> end(QuotaStore store, AttemptId attempt, Ending ending) {
        return switch (ending) {
            case Ending.Settled(Amounts actual) -> store.settle(attempt, actual);
            case Ending.Unknown(Amounts seen) -> store.settleUnknown(attempt, seen);
            case Ending.Refunded() -> store.refund(attempt, Extent.ALL);
            case Ending.RefundedButRequest() -> store.refund(attempt, Extent.ALL_BUT_REQUEST);
            // The store lets it expire by itself.
            case Ending.Expired() -> CompletableFuture.completedStage(null);
        };
    }
}
