package dev.tierway.adapter.persistence.queue;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long a writer waits before its next try: for ever while open, a set time once closing. */
public final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final GroupQueue<?> queue;
    private final Duration closing;
    private Duration pause = FIRST;
    private @Nullable Long closingSinceNanos;

    public Backoff(GroupQueue<?> queue, Duration closing) {
        this.queue = queue;
        this.closing = closing;
    }

    /** After something was written. */
    public void reset() {
        pause = FIRST;
    }

    /** Waits; false if it is time to give up. */
    public boolean tryAgain() throws InterruptedException {
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
