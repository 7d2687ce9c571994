package dev.tierway.domain.fleet;

import org.jspecify.annotations.Nullable;

/** A mean in which a sample's weight halves in every half-life. */
public record DecayedMean(DecayedCount sum, DecayedCount weight) {
    public static final DecayedMean NONE = new DecayedMean(DecayedCount.ZERO, DecayedCount.ZERO);

    DecayedMean plus(double sample, long nowNanos, long halfLifeNanos) {
        return new DecayedMean(sum.plus(sample, nowNanos, halfLifeNanos), weight.plus(1, nowNanos, halfLifeNanos));
    }

    /** The mean, the same at any later time; null without samples. */
    public @Nullable Double mean() {
        return weight.value() == 0 ? null : sum.value() / weight.value();
    }
}
