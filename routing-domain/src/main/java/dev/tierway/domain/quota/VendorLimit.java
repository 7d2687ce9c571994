package dev.tierway.domain.quota;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a vendor's answer said of one of its limits.
 *
 * @param limit the whole window; null if it didn't say
 * @param remaining of it, 0 or more
 * @param resetAfterNanos when the window is full again, from the moment the answer's head arrived; null if it didn't say
 * @param window how long the window is; null if neither the answer nor the vendor's documentation says
 */
public record VendorLimit(
        Dimension dimension,
        @Nullable Long limit,
        long remaining,
        @Nullable Long resetAfterNanos,
        @Nullable Duration window) {
    private static final Duration UNTOLD_WINDOW = Duration.ofMinutes(1);

    public VendorLimit {
        if (remaining < 0 || (limit != null && limit < 1) || (resetAfterNanos != null && resetAfterNanos < 0)) {
            throw new IllegalArgumentException("a vendor's limit must not be negative: " + dimension.id());
        }
    }

    /** How long this is worth knowing: until the window resets; rates are per minute where nobody says otherwise. */
    public long lastsNanos() {
        if (resetAfterNanos != null) {
            return resetAfterNanos;
        }
        return (window == null ? UNTOLD_WINDOW : window).toNanos();
    }
}
