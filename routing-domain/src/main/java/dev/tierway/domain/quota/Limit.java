package dev.tierway.domain.quota;

import java.time.Duration;

/**
 * An amount of a dimension per window.
 *
 * @param amount more than 0; nano-dollars for money
 * @param window time over which the amount comes back; {@link Duration#ZERO} for concurrency, which has none
 * @param burst most that can be used at once when nothing was used before
 */
public record Limit(Dimension dimension, long amount, Duration window, long burst) {
    public Limit {
        if (amount < 1 || burst < 1) {
            throw new IllegalArgumentException("limit " + dimension.id() + " must be 1 or more, not " + amount);
        }
        if (window.isNegative() || window.isZero() != (dimension == Dimension.CONCURRENCY)) {
            throw new IllegalArgumentException("limit " + dimension.id() + ": only concurrency has no window");
        }
    }

    public static Limit per(Dimension dimension, long amount, Duration window) {
        return new Limit(dimension, amount, window, amount);
    }

    public static Limit concurrency(long amount) {
        return new Limit(Dimension.CONCURRENCY, amount, Duration.ZERO, amount);
    }
}
