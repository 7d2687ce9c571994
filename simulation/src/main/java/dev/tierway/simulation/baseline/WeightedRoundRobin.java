package dev.tierway.simulation.baseline;

import java.util.List;

/**
 * Smooth weighted round robin, as nginx does it: weights are the accounts' limits; {@code max_fails=1 fail_timeout=10s},
 * its defaults, take a backend out for ten seconds after a failure within ten seconds; {@code proxy_next_upstream}, told
 * to include 429 and 5xx, tries each backend once at most. If all are out, all count as in again, as there.
 */
final class WeightedRoundRobin implements Balancer {
    private static final long FAIL_TIMEOUT_NANOS = 10_000_000_000L;

    private List<Backend> backends = List.of();
    private double[] current = new double[0];
    private long[] outUntil = new long[0];

    @Override
    public void configure(List<Backend> now) {
        if (current.length != now.size()) {
            current = new double[now.size()];
            outUntil = new long[now.size()];
        }
        backends = now;
    }

    @Override
    public int pick(Ride ride, long nowNanos) {
        int next = turn(ride, nowNanos, false);
        return next == GIVE_UP ? turn(ride, nowNanos, true) : next;
    }

    private int turn(Ride ride, long nowNanos, boolean evenOut) {
        double all = 0;
        int best = GIVE_UP;
        for (Backend backend : backends) {
            int i = backend.index();
            if (!backend.configured() || ride.tried(i) || (!evenOut && nowNanos < outUntil[i])) {
                continue;
            }
            current[i] += backend.requestsPerMinute();
            all += backend.requestsPerMinute();
            if (best == GIVE_UP || current[i] > current[best]) {
                best = i;
            }
        }
        if (best != GIVE_UP) {
            current[best] -= all;
        }
        return best;
    }

    @Override
    public void ended(int backend, Outcome outcome, long nowNanos) {
        if (!outcome.delivered()) {
            outUntil[backend] = nowNanos + FAIL_TIMEOUT_NANOS;
        }
    }
}
