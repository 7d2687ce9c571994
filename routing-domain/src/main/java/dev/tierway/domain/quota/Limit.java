package dev.tierway.domain.quota;

import java.time.Duration;

/**
 * An amount of a dimension per window.
 *
 * @param amount more than 0; nano-dollars for money
 * @param window time over which the amount comes back; {@link Duration#ZERO} for concurrency and for what only the vendor
 *     knows, which have none
 * @param burst most that can be used at once when nothing was used before
 */
public record Limit(Dimension dimension, long amount, Duration window, long burst) {
    public Limit {
        if (amount < 1 || burst < 1) {
            throw new IllegalArgumentException("limit " + dimension.id() + " must be 1 or more, not " + amount);
        }
        boolean windowless = dimension == Dimension.CONCURRENCY || amount == Usage.MOST;
        if (window.isNegative() || window.isZero() != windowless) {
            throw new IllegalArgumentException(
                    "limit " + dimension.id() + ": only concurrency and learned limits have no window");
        }
    }

    public static Limit per(Dimension dimension, long amount, Duration window) {
        return new Limit(dimension, amount, window, amount);
    }

    /** What the vendor says it is; nothing is denied before it has said so. */
    public static Limit learned(Dimension dimension) {
        return new Limit(dimension, Usage.MOST, Duration.ZERO, Usage.MOST);
    }

    public static Limit concurrency(long amount) {
        return new Limit(Dimension.CONCURRENCY, amount, Duration.ZERO, amount);
    }

    /** Whether only the vendor knows it. */
    public boolean isLearned() {
        return window.isZero() && dimension != Dimension.CONCURRENCY;
    }
}
