package dev.tierway.application.service;

import java.util.concurrent.locks.StampedLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where one configuration takes another's place. Its parts are kept in several places, and each is replaced by itself; whoever
 * reads them here sees all of one configuration, never some of each. Safe for many threads; reading waits for nobody unless a
 * change is under way that very moment, which is a matter of assignments.
 */
public final class Changeover {
    private final StampedLock lock = new StampedLock();

    /** Replaces parts, all of them or, for those who read, none yet. Must be quick: everything was built before. */
    public void change(Runnable replacements) {
        long stamp = lock.writeLock();
        try {
            replacements.run();
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    /**
     * Reads parts that belong together. May read twice.
     *
     * @param undo takes back what a reading that doesn't count has taken
     */
    <T> T whole(Supplier<T> reading, Consumer<T> undo) {
        long stamp = lock.tryOptimisticRead();
        if (stamp != 0) {
            T read = null;
            RuntimeException failed = null;
            try {
                read = reading.get();
            } catch (RuntimeException perhapsMixed) {
                failed = perhapsMixed;
            }
            if (lock.validate(stamp)) {
                return result(read, failed);
            }
            if (read != null) {
                undo.accept(read);
            }
        }
        long waited = lock.readLock();
        try {
            return reading.get();
        } finally {
            lock.unlockRead(waited);
        }
    }

    private static <T> T result(@Nullable T read, @Nullable RuntimeException failed) {
        if (failed != null) {
            throw failed;
        }
        if (read == null) {
            throw new IllegalStateException("a reading gave nothing");
        }
        return read;
    }
}
