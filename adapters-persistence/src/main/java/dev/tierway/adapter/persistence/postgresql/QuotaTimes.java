package dev.tierway.adapter.persistence.postgresql;

import java.time.Duration;

/**
 * How long things live in the shared quota store.
 *
 * @param reservation until an attempt nobody ended stays charged for good: a call's longest time and a minute
 * @param lease how long concurrency is held after the last heartbeat of whoever holds it
 * @param heartbeat between two of them
 * @param sweep between two looks for what is over
 * @param remember how long an attempt that ended answers as before
 */
public record QuotaTimes(Duration reservation, Duration lease, Duration heartbeat, Duration sweep, Duration remember) {
    /** A lease and a sweep after its last heartbeat a gateway that died holds no concurrency: within 15 s, with one to spare. */
    public static QuotaTimes of(Duration reservation) {
        return new QuotaTimes(
                reservation,
                Duration.ofSeconds(13),
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                Duration.ofMinutes(5));
    }
}
