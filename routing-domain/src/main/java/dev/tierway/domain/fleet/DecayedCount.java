package dev.tierway.domain.fleet;

/** A count that halves in every half-life. */
public record DecayedCount(double value, long atNanos) {
    public static final DecayedCount ZERO = new DecayedCount(0, 0);

    public double at(long nowNanos, long halfLifeNanos) {
        return value == 0 ? 0 : value * Decay.left(nowNanos - atNanos, halfLifeNanos);
    }

    DecayedCount plus(double amount, long nowNanos, long halfLifeNanos) {
        return new DecayedCount(at(nowNanos, halfLifeNanos) + amount, Math.max(atNanos, nowNanos));
    }
}
