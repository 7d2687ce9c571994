package dev.tierway.domain.fleet;

import org.jspecify.annotations.Nullable;

/** A mean in which a sample's weight halves in every half-life. */
public record DecayedMean(double sum, double weight, long atNanos) {
    public static final DecayedMean NONE = new DecayedMean(0, 0, 0);

    DecayedMean plus(double sample, long nowNanos, long halfLifeNanos) {
        double left = Decay.left(nowNanos - atNanos, halfLifeNanos);
        return new DecayedMean(sum * left + sample, weight * left + 1, Math.max(atNanos, nowNanos));
    }

    boolean known() {
        return weight != 0;
    }

    /** The mean, the same at any later time; NaN without samples. */
    public double value() {
        return sum / weight;
    }

    /** The mean, the same at any later time; null without samples. */
    public @Nullable Double mean() {
        return weight == 0 ? null : sum / weight;
    }
}
