package dev.tierway.domain.quota;

import java.time.Duration;

/**
 * An amount of a dimension per window.
 *
 * @param amount more than 0; nano-dollars for money
 * @param window time over which the amount comes back; {@link Duration#ZERO} for concurrency, which has none, and for
 *     what only the vendor knows if it names none
 * @param burst most that can be used at once when nothing was used before
 */
public record Limit(Dimension dimension, long amount, Duration window, long burst) {
    public Limit {
        if (amount < 1 || burst < 1) {
            throw new IllegalArgumentException("limit " + dimension.id() + " must be 1 or more, not " + amount);
        }
        boolean learned = amount == Usage.MOST && dimension != Dimension.CONCURRENCY;
        boolean windowless = dimension == Dimension.CONCURRENCY;
        if (window.isNegative() || (window.isZero() != windowless && !learned)) {
            throw new IllegalArgumentException("limit " + dimension.id()
                    + ": concurrency has no window, a learned limit may have one, all others must");
        }
    }

    public static Limit per(Dimension dimension, long amount, Duration window) {
        return new Limit(dimension, amount, window, amount);
    }

    /** What the vendor says it is over a window it doesn't name; nothing is denied before it has said so. */
    public static Limit learned(Dimension dimension) {
        return learned(dimension, Duration.ZERO);
    }

    /**
     * What the vendor says it is.
     *
     * @param window tells a limit per minute from one per day; zero: the vendor names none
     */
    public static Limit learned(Dimension dimension, Duration window) {
        return new Limit(dimension, Usage.MOST, window, Usage.MOST);
    }

    public static Limit concurrency(long amount) {
        return new Limit(Dimension.CONCURRENCY, amount, Duration.ZERO, amount);
    }

    /** Whether only the vendor knows it. */
    public boolean isLearned() {
        return amount == Usage.MOST && dimension != Dimension.CONCURRENCY;
    }
}
