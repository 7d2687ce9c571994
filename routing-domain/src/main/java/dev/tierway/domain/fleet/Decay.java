package dev.tierway.domain.fleet;

/** Exponential decay, the same bits on every platform. */
final class Decay {
    private static final double LN2 = StrictMath.log(2);

    private Decay() {}

    /** The share left of something after a time. */
    static double left(long elapsedNanos, long halfLifeNanos) {
        return elapsedNanos <= 0 ? 1 : StrictMath.exp(-LN2 * elapsedNanos / halfLifeNanos);
    }
}
