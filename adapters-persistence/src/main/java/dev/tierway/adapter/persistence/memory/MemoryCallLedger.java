package dev.tierway.adapter.persistence.memory;

import dev.tierway.adapter.persistence.Retention;
import dev.tierway.application.port.out.CallLedger;
import dev.tierway.application.port.out.LedgerCursor;
import dev.tierway.application.port.out.LedgerGroup;
import dev.tierway.application.port.out.LedgerPage;
import dev.tierway.application.port.out.LedgerQuery;
import dev.tierway.application.port.out.LedgerRow;
import dev.tierway.application.port.out.LedgerTotals;
import dev.tierway.application.port.out.WallClock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;

/** The newest rows of the account book, gone with the process. */
public final class MemoryCallLedger implements CallLedger {
    private record Numbered(long number, LedgerRow row) {}

    private final Retention retention;
    private final WallClock clock;
    private final Deque<Numbered> newestFirst = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private long newest;

    /** @param clock tells how old rows are */
    public MemoryCallLedger(Retention retention, WallClock clock) {
        this.retention = retention;
        this.clock = clock;
    }

    @Override
    public void append(LedgerRow row) {
        lock.lock();
        try {
            newestFirst.addFirst(new Numbered(++newest, row));
            trim();
        } finally {
            lock.unlock();
        }
    }

    private void trim() {
        long oldest = clock.epochMillis() - retention.age().toMillis();
        while (!newestFirst.isEmpty()
                && (newestFirst.size() > retention.rows()
                        || newestFirst.getLast().row().timing().endEpochMillis() < oldest)) {
            newestFirst.removeLast();
        }
    }

    @Override
    public CompletionStage<LedgerPage> query(LedgerQuery query, int limit, LedgerCursor from) {
        if (limit < 1) {
            return CompletableFuture.failedFuture(
                    new IllegalArgumentException("limit must be 1 or more, not " + limit));
        }
        List<LedgerRow> rows = new ArrayList<>();
        long last = 0;
        for (Numbered one : kept()) {
            if (one.number() < from.before() && query.matches(one.row())) {
                if (rows.size() == limit) {
                    return CompletableFuture.completedFuture(new LedgerPage(rows, new LedgerCursor(last)));
                }
                rows.add(one.row());
                last = one.number();
            }
        }
        return CompletableFuture.completedFuture(new LedgerPage(rows, null));
    }

    @Override
    public CompletionStage<LedgerTotals> totals(LedgerQuery query, LedgerGroup by) {
        List<LedgerRow> rows =
                kept().stream().map(Numbered::row).filter(query::matches).toList();
        return CompletableFuture.completedFuture(MemoryTotals.of(rows, by));
    }

    /** Looked through without the lock: calls append meanwhile. */
    private List<Numbered> kept() {
        lock.lock();
        try {
            trim();
            return new ArrayList<>(newestFirst);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        // Nothing waits and nothing is held open; what is kept goes with this object.
    }
}
