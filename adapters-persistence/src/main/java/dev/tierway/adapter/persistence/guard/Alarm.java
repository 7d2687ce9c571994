package dev.tierway.adapter.persistence.guard;

import java.time.Duration;

/** Wakes somebody later. */
interface Alarm extends AutoCloseable {
    /** @return cancels it, if it is not too late */
    Runnable after(Duration delay, Runnable task);

    @Override
    void close();
}
