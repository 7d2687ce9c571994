package dev.tierway.adapter.persistence.memory;

import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.QuotaTime;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** All cells: found, locked together without deadlock, and forgotten once they are at rest. */
final class Cells {
    private static final int CLEANED = 4;

    private final Map<UsageKey, Cell> kept = new ConcurrentHashMap<>();
    private final AtomicLong orders = new AtomicLong();
    private final ReentrantLock cleaning = new ReentrantLock();
    private @Nullable Iterator<Map.Entry<UsageKey, Cell>> next;

    int size() {
        return kept.size();
    }

    /**
     * The cells of these limits, in their order, all locked.
     *
     * @throws IllegalArgumentException if two of them are the same
     */
    Cell[] locked(List<Descriptor> descriptors, QuotaTime now) {
        while (true) {
            Cell[] cells = new Cell[descriptors.size()];
            for (int i = 0; i < cells.length; i++) {
                cells[i] = cell(descriptors.get(i), now);
            }
            lock(cells);
            if (!anyRetired(cells)) {
                for (Cell cell : cells) {
                    cell.used();
                }
                return cells;
            }
            unlock(cells);
        }
    }

    /** Replaces what is known of a limit by what was kept of it. */
    void restore(KnownUsage known) {
        UsageKey key = new UsageKey(
                known.owner(), known.limit().dimension(), known.limit().window());
        kept.put(key, new Cell(orders.getAndIncrement(), known));
    }

    private Cell cell(Descriptor descriptor, QuotaTime now) {
        UsageKey key = UsageKey.of(descriptor);
        Cell found = kept.get(key);
        if (found != null) {
            return found;
        }
        clean(now);
        return kept.computeIfAbsent(key, absent -> new Cell(orders.getAndIncrement(), descriptor.limit()));
    }

    /** Locks are held for some hundred nanoseconds of arithmetic, never across anything that waits. */
    static void lock(Cell[] cells) {
        Cell[] sorted = sorted(cells);
        for (Cell cell : sorted) {
            cell.lock.lock();
        }
    }

    static void unlock(Cell[] cells) {
        for (Cell cell : cells) {
            cell.lock.unlock();
        }
    }

    /** By insertion: there are few, and mostly in order already. */
    private static Cell[] sorted(Cell[] cells) {
        Cell[] sorted = cells.clone();
        for (int i = 1; i < sorted.length; i++) {
            Cell cell = sorted[i];
            int to = i;
            while (to > 0 && sorted[to - 1].order > cell.order) {
                sorted[to] = sorted[to - 1];
                to--;
            }
            if (to > 0 && sorted[to - 1] == cell) {
                throw new IllegalArgumentException("a limit is listed twice: same owner, dimension and window");
            }
            sorted[to] = cell;
        }
        return sorted;
    }

    private static boolean anyRetired(Cell[] cells) {
        for (Cell cell : cells) {
            if (cell.retired()) {
                return true;
            }
        }
        return false;
    }

    /** For each new cell looks at a few others, in turn, and forgets those at rest: memory must not grow with the names. */
    private void clean(QuotaTime now) {
        if (!cleaning.tryLock()) {
            return;
        }
        try {
            Iterator<Map.Entry<UsageKey, Cell>> entries = next;
            if (entries == null || !entries.hasNext()) {
                entries = kept.entrySet().iterator();
                next = entries;
            }
            for (int i = 0; i < CLEANED && entries.hasNext(); i++) {
                forgetAtRest(entries.next(), now);
            }
        } finally {
            cleaning.unlock();
        }
    }

    private void forgetAtRest(Map.Entry<UsageKey, Cell> entry, QuotaTime now) {
        Cell cell = entry.getValue();
        if (!cell.lock.tryLock()) {
            return;
        }
        try {
            if (cell.retire(now)) {
                kept.remove(entry.getKey(), cell);
            }
        } finally {
            cell.lock.unlock();
        }
    }
}
