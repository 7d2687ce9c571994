package dev.tierway.adapter.persistence.sqlite;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the writer is doing, for health, metrics and the log; each change is logged once. */
final class WriterState {
    private static final Logger LOG = LoggerFactory.getLogger(WriterState.class);

    private final AtomicLong written = new AtomicLong();
    private final AtomicLong groups = new AtomicLong();
    private final AtomicLong retried = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final AtomicBoolean overflowing = new AtomicBoolean();
    private volatile @Nullable String problem;

    void written(int rows) {
        written.addAndGet(rows);
        groups.incrementAndGet();
        overflowing.set(false);
    }

    void up(Object file) {
        if (problem != null) {
            problem = null;
            LOG.info("{} is written again", file);
        }
    }

    void down(Object file, String why, Exception cause) {
        retried.incrementAndGet();
        if (problem == null) {
            LOG.error("{} can't be written, trying again: {}", file, why, cause);
        }
        problem = why;
    }

    void down(String why) {
        problem = why;
    }

    /** The queue had no room for a write. */
    void overflowed() {
        lost.incrementAndGet();
        if (overflowing.compareAndSet(false, true)) {
            LOG.error(
                    "too many writes wait: the newest are lost and counted, see tierway_store_up and the admin health");
        }
    }

    /** A write was wrong in itself. */
    void refused(Write write, Exception why) {
        lost.addAndGet(write.rows());
        LOG.error("a write of {} rows is wrong and lost", write.rows(), why);
    }

    void gaveUp(int rows, Exception why) {
        lost.addAndGet(rows);
        LOG.error("{} rows are lost: they could not be written before closing", rows, why);
    }

    @Nullable
    String problem() {
        return problem;
    }

    long written() {
        return written.get();
    }

    long groups() {
        return groups.get();
    }

    long retried() {
        return retried.get();
    }

    long lost() {
        return lost.get();
    }
}
