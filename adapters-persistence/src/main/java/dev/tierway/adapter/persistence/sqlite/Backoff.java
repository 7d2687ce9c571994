package dev.tierway.adapter.persistence.sqlite;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long to wait before the next try: for ever while open, a set time once closing. */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final WriteQueue queue;
    private final Duration closing;
    private Duration pause = FIRST;
    private @Nullable Long closingSinceNanos;

    Backoff(WriteQueue queue, Duration closing) {
        this.queue = queue;
        this.closing = closing;
    }

    void reset() {
        pause = FIRST;
    }

    /** Waits; false if it is time to give up. */
    boolean tryAgain() throws InterruptedException {
        if (queue.closed()) {
            pause = FIRST;
            long now = System.nanoTime();
            if (closingSinceNanos == null) {
                closingSinceNanos = now;
            } else if (now - closingSinceNanos > closing.toNanos()) {
                return false;
            }
        }
        queue.pause(pause);
        pause = pause.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : pause.multipliedBy(2);
        return true;
    }
}
