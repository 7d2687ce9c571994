package dev.tierway.adapter.persistence.memory;

import dev.tierway.application.port.out.Reservation;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Ending;
import dev.tierway.domain.quota.Hold;
import dev.tierway.domain.quota.QuotaTime;
import dev.tierway.domain.quota.ReservationResult;
import dev.tierway.domain.quota.Usage;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Hears of every change of usage, in the order in which each limit changed: it is told while those limits are locked, so it
 * must not wait and must not throw. What it answers completes when the change is safe; null if there was nothing to keep.
 */
public interface UsageJournal {
    /** Keeps nothing. */
    UsageJournal NONE = new UsageJournal() {
        @Override
        public @Nullable CompletionStage<@Nullable Void> taken(
                Reservation asked, ReservationResult.Granted granted, QuotaTime now) {
            return null;
        }

        @Override
        public @Nullable CompletionStage<@Nullable Void> ended(
                AttemptId attempt, Ending ending, List<Hold> holds, List<Usage> after, QuotaTime now) {
            return null;
        }

        @Override
        public @Nullable CompletionStage<@Nullable Void> raised(Descriptor descriptor, Usage after, QuotaTime now) {
            return null;
        }

        @Override
        public @Nullable CompletionStage<@Nullable Void> told() {
            return null;
        }
    };

    /** A reservation has been granted. */
    @Nullable
    CompletionStage<@Nullable Void> taken(Reservation asked, ReservationResult.Granted granted, QuotaTime now);

    /**
     * An attempt's reservation has ended.
     *
     * @param after the usage of each hold's limit, in the order of the holds
     */
    @Nullable
    CompletionStage<@Nullable Void> ended(
            AttemptId attempt, Ending ending, List<Hold> holds, List<Usage> after, QuotaTime now);

    /** More was spent of a budget than was counted. */
    @Nullable
    CompletionStage<@Nullable Void> raised(Descriptor descriptor, Usage after, QuotaTime now);

    /** Everything it was told so far. */
    @Nullable
    CompletionStage<@Nullable Void> told();
}
