package dev.tierway.domain.fleet;

/** Exponential decay, the same bits on every platform: plain arithmetic, no library function. */
final class Decay {
    private static final double LN2 = StrictMath.log(2);
    private static final int MOST_HALVINGS = 1000;
    /** Of the series of 2^-f, f in [-1/2, 1/2]: eight terms leave an error below 1e-8. */
    private static final double[] SERIES = new double[8];

    static {
        SERIES[0] = 1;
        for (int k = 1; k < SERIES.length; k++) {
            SERIES[k] = SERIES[k - 1] * -LN2 / k;
        }
    }

    private Decay() {}

    /** The share left of something after a time. */
    static double left(long elapsedNanos, long halfLifeNanos) {
        if (elapsedNanos <= 0) {
            return 1;
        }
        double halvings = elapsedNanos / (double) halfLifeNanos;
        if (halvings >= MOST_HALVINGS) {
            return 0;
        }
        long whole = Math.round(halvings);
        double f = halvings - whole;
        double sum = SERIES[SERIES.length - 1];
        for (int k = SERIES.length - 2; k >= 0; k--) {
            sum = sum * f + SERIES[k];
        }
        // 2^-whole, written as a double's exponent.
        return sum * Double.longBitsToDouble((1023 - whole) << 52);
    }
}
