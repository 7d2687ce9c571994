package dev.tierway.adapter.persistence.redis;

import dev.tierway.application.port.out.WallClock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The latest of this instance's steps that the server acknowledged. Answers come in the order in which the server took the steps:
 * there is one connection.
 */
final class StepCount {
    private final AtomicLong latest = new AtomicLong();
    private final WallClock clock;
    private volatile long atMillis;

    StepCount(WallClock clock) {
        this.clock = clock;
        this.atMillis = clock.epochMillis();
    }

    long latest() {
        return latest.get();
    }

    /** When that was, by this instance's clock; before the first, when it began. */
    long atMillis() {
        return atMillis;
    }

    /** @return false: a server that counts less than was acknowledged before isn't the one that did so, or lost it */
    boolean acknowledged(long step) {
        if (latest.getAndAccumulate(step, Math::max) >= step) {
            return false;
        }
        atMillis = clock.epochMillis();
        return true;
    }
}
