package dev.tierway.domain.quota;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a vendor says of one of its own limits. Null is unknown: it is neither none nor all.
 *
 * @param limit more than 0
 * @param remaining of the limit when the vendor answered; 0 or more
 * @param resetAfterNanos more than 0: from the moment the reply's head arrived until the limit is said to be whole again
 * @param window over which the amount comes back, if the vendor documents it
 */
public record VendorLimit(
        Dimension dimension,
        @Nullable Long limit,
        long remaining,
        @Nullable Long resetAfterNanos,
        @Nullable Duration window) {
    private static final Duration UNTOLD_WINDOW = Duration.ofMinutes(1);

    public VendorLimit {
        if (remaining < 0 || (limit != null && limit < 1)) {
            throw new IllegalArgumentException("a vendor's limit is 1 or more and what is left of it 0 or more, not "
                    + limit + " and " + remaining);
        }
        if (resetAfterNanos != null && resetAfterNanos < 1) {
            throw new IllegalArgumentException("a reset lies ahead, not " + resetAfterNanos + " ns");
        }
        if (window != null && !window.isPositive()) {
            throw new IllegalArgumentException("a window is longer than nothing, not " + window);
        }
    }

    /** How long this is worth knowing: until the window resets; rates are per minute where nobody says otherwise. */
    public long lastsNanos() {
        if (resetAfterNanos != null) {
            return resetAfterNanos;
        }
        return (window == null ? UNTOLD_WINDOW : window).toNanos();
    }

    /** Whether both speak of the same limit: the same dimension over the same window. */
    public boolean sameLimitAs(VendorLimit other) {
        return dimension == other.dimension && (window == null ? other.window == null : window.equals(other.window));
    }
}
