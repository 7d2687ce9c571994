package dev.tierway.simulation.baseline;

import java.util.List;

/**
 * The plain sum many home-made routers use: {@code localBonus − 0.01·ms − 5·errorRate − $/1M + headroomBonus}; the highest
 * wins, the next highest gets the retries, three attempts in all.
 *
 * <p>Its inputs, which the formula leaves open: {@code ms} is a moving average (weight 0.2) of the time to first token
 * of answers; {@code errorRate} one of failures; both 0 before anything was measured;
 * {@code $/1M} is the blended price; {@code localBonus} 20 for a local replica; {@code headroomBonus} 10 times what its
 * own count says is left of the account's requests per minute.
 */
final class WeightedSum implements Balancer {
    private static final int ATTEMPTS = 3;
    private static final double WEIGHT = 0.2;
    private static final double LOCAL_BONUS = 20;
    private static final double HEADROOM_BONUS = 10;
    private static final long MINUTE_NANOS = 60_000_000_000L;

    private List<Backend> backends = List.of();
    private double[] millis = new double[0];
    private double[] errors = new double[0];
    private double[] usedThisMinute = new double[0];
    private long[] usedAt = new long[0];

    @Override
    public void configure(List<Backend> now) {
        if (millis.length != now.size()) {
            millis = new double[now.size()];
            errors = new double[now.size()];
            usedThisMinute = new double[now.size()];
            usedAt = new long[now.size()];
        }
        backends = now;
    }

    @Override
    public int pick(Ride ride, long nowNanos) {
        if (ride.attempts() >= ATTEMPTS) {
            return GIVE_UP;
        }
        Backend best = null;
        for (Backend backend : backends) {
            boolean may = backend.configured() && !ride.tried(backend.index());
            if (may && (best == null || sum(backend, nowNanos) > sum(best, nowNanos))) {
                best = backend;
            }
        }
        return best == null ? GIVE_UP : best.index();
    }

    private double sum(Backend backend, long nowNanos) {
        int i = backend.index();
        double headroom = Math.max(0, 1 - used(i, nowNanos) / Math.max(1, backend.requestsPerMinute()));
        return (backend.local() ? LOCAL_BONUS : 0)
                - 0.01 * millis[i]
                - 5 * errors[i]
                - backend.blendedUsd()
                + HEADROOM_BONUS * headroom;
    }

    /** Requests of the last minute, fading evenly. */
    private double used(int i, long nowNanos) {
        return usedThisMinute[i] * Math.max(0, 1 - (nowNanos - usedAt[i]) / (double) MINUTE_NANOS);
    }

    @Override
    public void sent(int backend, long nowNanos) {
        usedThisMinute[backend] = used(backend, nowNanos) + 1;
        usedAt[backend] = nowNanos;
    }

    @Override
    public void ended(int backend, Outcome outcome, long nowNanos) {
        if (outcome.ttftNanos() >= 0) {
            double waited = outcome.ttftNanos() / 1e6;
            millis[backend] = millis[backend] > 0 ? millis[backend] + WEIGHT * (waited - millis[backend]) : waited;
        }
        errors[backend] += WEIGHT * ((outcome.delivered() ? 0 : 1) - errors[backend]);
    }
}
