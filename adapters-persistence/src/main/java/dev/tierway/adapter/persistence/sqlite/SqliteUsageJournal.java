package dev.tierway.adapter.persistence.sqlite;

import dev.tierway.adapter.persistence.memory.UsageJournal;
import dev.tierway.application.port.out.MonotonicClock;
import dev.tierway.application.port.out.Reservation;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Ending;
import dev.tierway.domain.quota.Hold;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.QuotaTime;
import dev.tierway.domain.quota.ReservationResult;
import dev.tierway.domain.quota.Usage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps usage in the embedded store as it is after each change, not the changes: so the file holds one row per limit in use
 * and one per open reservation, and a start reads no more than that. Changes that come while the disk is busy are one write.
 */
final class SqliteUsageJournal implements UsageJournal {
    private static final Duration LONGEST_IN_MEMORY = Duration.ofMinutes(1);
    /** How long an attempt may take from its settlement to its row in the account book. */
    private static final long TO_THE_LEDGER_NANOS = Duration.ofSeconds(2).toNanos();

    private final SqliteDatabase database;
    private final ReentrantLock lock = new ReentrantLock();
    /** Still gathering; null if the writer has taken the last. */
    private @Nullable UsageChanges gathering;

    private CompletionStage<@Nullable Void> newest = CompletableFuture.completedStage(null);
    /** Settled, and still kept as open in case the process dies before the account book has them. */
    private final Deque<Settled> settled = new ArrayDeque<>();

    private record Settled(AttemptId attempt, long atNanos) {}

    SqliteUsageJournal(SqliteDatabase database, MonotonicClock clock) {
        this.database = database;
        database.chore(on -> sweep(clock.nanos() - TO_THE_LEDGER_NANOS));
    }

    /** Calls in flight end with the process, a vendor tells anew, and a minute is soon over: the rest is kept. */
    static boolean keeps(Descriptor descriptor) {
        Limit limit = descriptor.limit();
        return limit.dimension() != Dimension.CONCURRENCY
                && !limit.isLearned()
                && (limit.dimension() == Dimension.MONEY || limit.window().compareTo(LONGEST_IN_MEMORY) > 0);
    }

    static boolean keepsAny(List<Descriptor> descriptors) {
        for (Descriptor descriptor : descriptors) {
            if (keeps(descriptor)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public @Nullable CompletionStage<@Nullable Void> taken(
            Reservation asked, ReservationResult.Granted granted, QuotaTime now) {
        List<UsageRow> rows = rows(granted.holds(), granted.usages(), now);
        return rows.isEmpty()
                ? null
                : gather(changes -> {
                    changes.taken(asked, rows);
                    overSince(now.nanos() - TO_THE_LEDGER_NANOS, changes);
                });
    }

    @Override
    public @Nullable CompletionStage<@Nullable Void> ended(
            AttemptId attempt, Ending ending, List<Hold> holds, List<Usage> after, QuotaTime now) {
        List<UsageRow> rows = rows(holds, after, now);
        return rows.isEmpty()
                ? null
                : gather(changes -> {
                    changes.used(rows);
                    if (comesToTheLedger(ending)) {
                        settled.add(new Settled(attempt, now.nanos()));
                    } else {
                        changes.over(attempt);
                    }
                    overSince(now.nanos() - TO_THE_LEDGER_NANOS, changes);
                });
    }

    @Override
    public @Nullable CompletionStage<@Nullable Void> raised(Descriptor descriptor, Usage after, QuotaTime now) {
        return keeps(descriptor) ? gather(changes -> changes.used(List.of(UsageRow.of(descriptor, after, now)))) : null;
    }

    /** Soon, if the process lives. What was refunded cost nothing, and what expired has been told. */
    private static boolean comesToTheLedger(Ending ending) {
        return switch (ending) {
            case Ending.Settled real -> real.actual().requests() > 0;
            case Ending.Unknown unknown -> true;
            case Ending.Refunded refunded -> false;
            case Ending.RefundedButRequest refunded -> false;
            case Ending.Expired expired -> false;
        };
    }

    private void overSince(long nanos, UsageChanges changes) {
        while (!settled.isEmpty() && settled.getFirst().atNanos() <= nanos) {
            changes.over(settled.removeFirst().attempt());
        }
    }

    /** What calls without kept limits would leave lying. */
    private void sweep(long nanos) {
        lock.lock();
        try {
            if (!settled.isEmpty()) {
                gather(changes -> overSince(nanos, changes));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whatever the account book has to know it has been handed. */
    void close() {
        sweep(Long.MAX_VALUE);
    }

    private static List<UsageRow> rows(List<Hold> holds, List<Usage> usages, QuotaTime now) {
        List<UsageRow> rows = List.of();
        for (int i = 0; i < holds.size(); i++) {
            Descriptor descriptor = holds.get(i).descriptor();
            if (keeps(descriptor)) {
                rows = rows.isEmpty() ? new ArrayList<>(holds.size()) : rows;
                rows.add(UsageRow.of(descriptor, usages.get(i), now));
            }
        }
        return rows;
    }

    private CompletionStage<@Nullable Void> gather(Consumer<UsageChanges> change) {
        lock.lock();
        try {
            UsageChanges known = gathering;
            if (known != null && !newest.toCompletableFuture().isDone()) {
                change.accept(known);
                return newest;
            }
            UsageChanges fresh = new UsageChanges();
            change.accept(fresh);
            gathering = fresh;
            newest = database.write(on -> {
                        taking(fresh);
                        return fresh.write(on);
                    })
                    .thenApply(rows -> null);
            return newest;
        } finally {
            lock.unlock();
        }
    }

    /** From now on it stays as it is, also if it has to be written again. */
    private void taking(UsageChanges changes) {
        lock.lock();
        try {
            if (gathering == changes) {
                gathering = null;
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public @Nullable CompletionStage<@Nullable Void> told() {
        lock.lock();
        try {
            return newest.toCompletableFuture().isDone() ? null : newest;
        } finally {
            lock.unlock();
        }
    }
}
