package dev.tierway.adapter.persistence.memory;

import dev.tierway.application.port.out.Reservation;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Ending;
import dev.tierway.domain.quota.Hold;
import dev.tierway.domain.quota.QuotaTime;
import dev.tierway.domain.quota.Reserving;
import dev.tierway.domain.quota.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt holds, or one call between its attempts.
 *
 * @param cells where the holds are, in the same order
 * @param expiresAt when the estimate stays charged for good
 * @param reservation what was asked
 */
record Held(Cell[] cells, List<Hold> holds, long expiresAt, Reservation reservation) {
    /** The attempt's part: all but what is kept until its call ends. */
    Held ofAttempt() {
        return countUntilCallEnds() == 0 ? this : part(false);
    }

    Held ofCall() {
        return part(true);
    }

    int countUntilCallEnds() {
        int count = 0;
        for (Hold hold : holds) {
            count += hold.untilCallEnds() ? 1 : 0;
        }
        return count;
    }

    private Held part(boolean untilCallEnds) {
        List<Cell> theirs = new ArrayList<>();
        List<Hold> some = new ArrayList<>();
        for (int i = 0; i < cells.length; i++) {
            if (holds.get(i).untilCallEnds() == untilCallEnds) {
                theirs.add(cells[i]);
                some.add(holds.get(i));
            }
        }
        return new Held(theirs.toArray(new Cell[0]), some, expiresAt, reservation);
    }

    /** Both together; for a call whose second attempt took concurrency too. */
    Held and(Held other) {
        List<Cell> both = new ArrayList<>(List.of(cells));
        both.addAll(List.of(other.cells));
        List<Hold> all = new ArrayList<>(holds);
        all.addAll(other.holds);
        return new Held(both.toArray(new Cell[0]), all, expiresAt, reservation);
    }

    /** What it holds of a limit; null if nothing. */
    @Nullable
    Hold of(Descriptor descriptor) {
        for (Hold hold : holds) {
            if (hold.descriptor().key().equals(descriptor.key())) {
                return hold;
            }
        }
        return null;
    }

    /** Limit by limit; for what a call holds, which may be the same limit twice. */
    void end(Ending ending, QuotaTime now) {
        for (int i = 0; i < cells.length; i++) {
            Cell cell = cells[i];
            cell.lock.lock();
            try {
                cell.given(Reserving.end(holds.get(i), cell.usage(), ending, now));
            } finally {
                cell.lock.unlock();
            }
        }
    }

    /** All of an attempt's limits together, so that the journal hears of their changes in order. */
    @Nullable
    CompletionStage<@Nullable Void> end(Ending ending, QuotaTime now, UsageJournal journal) {
        List<Usage> after = new ArrayList<>(cells.length);
        Cells.lock(cells);
        try {
            for (int i = 0; i < cells.length; i++) {
                Usage usage = Reserving.end(holds.get(i), cells[i].usage(), ending, now);
                cells[i].given(usage);
                after.add(usage);
            }
            return journal.ended(reservation.attempt(), ending, holds, after, now);
        } finally {
            Cells.unlock(cells);
        }
    }
}
