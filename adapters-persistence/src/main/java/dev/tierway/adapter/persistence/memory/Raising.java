package dev.tierway.adapter.persistence.memory;

import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Floor;
import dev.tierway.domain.quota.QuotaTime;
import dev.tierway.domain.quota.Raised;
import dev.tierway.domain.quota.Reserving;
import dev.tierway.domain.quota.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Raises budgets to what is known to be spent, each under its own lock: they are independent of each other. */
record Raising(Cells cells, UsageJournal journal) {
    CompletionStage<List<Raised>> raise(List<Floor> floors, QuotaTime now) {
        List<Raised> raised = new ArrayList<>();
        CompletionStage<@Nullable Void> kept = CompletableFuture.completedStage(null);
        for (Floor floor : floors) {
            Descriptor descriptor = floor.descriptor();
            Cell[] cell = cells.locked(List.of(descriptor), now);
            try {
                Usage before = cell[0].usage();
                Usage after = Reserving.raised(floor, before, now);
                long by = Reserving.raisedBy(before, after);
                cell[0].told(after);
                if (by > 0) {
                    raised.add(new Raised(descriptor, by));
                    CompletionStage<@Nullable Void> written = journal.raised(descriptor, after, now);
                    // The newest is on disk after all before it.
                    kept = written == null ? kept : written;
                }
            } finally {
                Cells.unlock(cell);
            }
        }
        return kept.thenApply(done -> raised);
    }
}
