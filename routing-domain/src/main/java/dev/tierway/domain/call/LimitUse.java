package dev.tierway.domain.call;

import dev.tierway.domain.quota.Descriptor;
import org.jspecify.annotations.Nullable;

/**
 * What a call made of one of its caller's limits.
 *
 * @param reserved by its last attempt; nano-dollars for money
 * @param settled by its attempts that have ended; null while none has
 * @param available what was left of it, as far as this call knows
 * @param restNanos from {@code atNanos} on, when nothing is used any more if nobody uses more
 * @param atNanos when the store said so, on the monotonic clock
 * @param exceeded more than the limit is in use
 * @param warned so much of it is used that it is worth a word
 */
public record LimitUse(
        Descriptor descriptor,
        long reserved,
        @Nullable Long settled,
        long available,
        long restNanos,
        long atNanos,
        boolean exceeded,
        boolean warned) {
    /** The part of the limit in use, at least 0; above 1 if it is exceeded by as much as is known. */
    public double usedShare() {
        return 1 - available / (double) descriptor.limit().burst();
    }
}
