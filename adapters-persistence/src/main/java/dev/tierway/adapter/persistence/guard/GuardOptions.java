package dev.tierway.adapter.persistence.guard;

import java.time.Duration;

/**
 * When a store counts as down, and what is kept for it meanwhile.
 *
 * @param timeout how long a call waits for an answer
 * @param failures so many failures or timeouts in a row, and nobody waits for the store any more
 * @param probe how often the store is asked whether it is there; ten times as long at most if it then fails again
 * @param waiting most ends of reservations kept until the store is back; beyond that the oldest are given up
 */
public record GuardOptions(Duration timeout, int failures, Duration probe, int waiting) {
    public static final GuardOptions DEFAULTS =
            new GuardOptions(Duration.ofSeconds(1), 3, Duration.ofSeconds(1), 100_000);

    public GuardOptions {
        if (!timeout.isPositive() || !probe.isPositive() || failures < 1 || waiting < 1) {
            throw new IllegalArgumentException("timeout, probe, failures and waiting must be more than 0");
        }
    }

    public GuardOptions withTimeout(Duration other) {
        return new GuardOptions(other, failures, probe, waiting);
    }
}
