package dev.tierway.domain.quota;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a reservation came to. */
public sealed interface ReservationResult {
    /**
     * All of it.
     *
     * @param usages after it, in the order of the descriptors
     * @param holds what it took, in the same order
     */
    record Granted(List<Usage> usages, List<Hold> holds) implements ReservationResult {}

    /**
     * Nothing of it.
     *
     * @param binding the limit that is the latest to allow it
     * @param retryAfterNanos when that may be; null if waiting won't help
     * @param available how much of the binding limit could be had right now
     */
    record Denied(Descriptor binding, @Nullable Long retryAfterNanos, long available) implements ReservationResult {}
}
