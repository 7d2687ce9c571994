package dev.tierway.simulation.world;

/** A vendor's limit per minute: fills evenly, holds a minute's worth. */
final class TokenBucket {
    private static final double MINUTE_NANOS = 60e9;

    private final double perNano;
    private final double burst;
    private double tokens;
    private long atNanos;

    /** @param burst most that can be taken at once; a minute's worth unless a single request needs more */
    TokenBucket(double perMinute, double burst) {
        this.perNano = perMinute / MINUTE_NANOS;
        this.burst = burst;
        this.tokens = burst;
    }

    boolean has(double amount, long nowNanos) {
        tokens = Math.min(burst, tokens + (nowNanos - atNanos) * perNano);
        atNanos = nowNanos;
        return tokens >= Math.min(amount, burst);
    }

    /** How long until there is enough, if nobody else takes any. */
    long waitNanos(double amount, long nowNanos) {
        return has(amount, nowNanos) ? 0 : (long) StrictMath.ceil((Math.min(amount, burst) - tokens) / perNano);
    }

    void take(double amount) {
        tokens -= amount;
    }

    /** What is left, as a share of a minute's worth. */
    double left(long nowNanos) {
        return has(0, nowNanos) ? Math.max(0, tokens / burst) : 0;
    }
}
