package dev.tierway.domain.fleet;

/**
 * The 95th percentile of a ratio, by stochastic approximation (Robbins and Monro 1951) on its logarithm: a sample above
 * moves it up by nineteen times what one below moves it down.
 */
public record Tail(double p95) {
    static final Tail START = new Tail(2);
    private static final double STEP = 0.1;
    private static final double UP = StrictMath.exp(STEP * 0.95);
    private static final double DOWN = StrictMath.exp(-STEP * 0.05);
    private static final double LEAST = 1.05;
    private static final double MOST = 100;

    Tail plus(double ratio) {
        return new Tail(Math.clamp(p95 * (ratio > p95 ? UP : DOWN), LEAST, MOST));
    }
}
