package dev.tierway.domain.fleet;

/**
 * A moving average that rises at once and falls with time, after Finagle's peak EWMA: slow replicas are believed
 * immediately, fast ones gradually. What exceeds 1, the expectation, fades while nobody measures.
 */
public record PeakEwma(double value, long atNanos) {
    private static final long HALF_LIFE_NANOS = 10_000_000_000L;
    private static final long FADE_NANOS = 60_000_000_000L;

    /** The estimate now. */
    public double at(long nowNanos) {
        return value <= 1 ? value : 1 + (value - 1) * Decay.left(nowNanos - atNanos, FADE_NANOS);
    }

    PeakEwma plus(double sample, long nowNanos) {
        if (sample >= value) {
            return new PeakEwma(sample, nowNanos);
        }
        // One sample always moves it by a quarter: under dense traffic time alone would hardly move it at all.
        double kept = Math.min(0.75, Decay.left(nowNanos - atNanos, HALF_LIFE_NANOS));
        return new PeakEwma(at(nowNanos) * kept + sample * (1 - kept), nowNanos);
    }

    /** Raises the estimate, never lowers it. */
    PeakEwma atLeast(double sample, long nowNanos) {
        return sample > at(nowNanos) ? new PeakEwma(sample, nowNanos) : this;
    }
}
