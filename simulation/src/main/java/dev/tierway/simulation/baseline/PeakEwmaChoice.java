package dev.tierway.simulation.baseline;

import java.util.List;

/**
 * Finagle's peak EWMA balancer: of two drawn, the one with the lower cost, which is the moving average of its round trips
 * (decay time 10 s, a slower one is believed at once) times requests in flight plus one; a backend never measured costs a
 * great deal as soon as anything is pending there. With Finagle's documented defaults around it: a backend is taken for
 * dead after 5 failures in a row, for 5 s doubling to 300 s; retries go elsewhere, up to 20 % of the requests plus 10 a
 * second, over 10 s. A round trip is a whole answer; failures count with the time they took, as there.
 */
final class PeakEwmaChoice implements Balancer {
    private static final int ATTEMPTS = 3;
    private static final double DECAY_NANOS = 10e9;
    private static final double PENALTY = 1e15;
    private static final int CONSECUTIVE = 5;
    private static final long FIRST_DEAD_NANOS = 5_000_000_000L;
    private static final long MOST_DEAD_NANOS = 300_000_000_000L;
    private static final double RETRY_SHARE = 0.2;
    private static final double RETRIES_PER_SECOND = 10;
    private static final double BUDGET_NANOS = 10e9;

    private List<Backend> backends = List.of();
    private int[] inFlight = new int[0];
    private double[] cost = new double[0];
    private long[] measuredAt = new long[0];
    private int[] failures = new int[0];
    private int[] deaths = new int[0];
    private long[] deadUntil = new long[0];
    private double retriesLeft;
    private long budgetAt;

    @Override
    public void configure(List<Backend> now) {
        if (inFlight.length != now.size()) {
            inFlight = new int[now.size()];
            cost = new double[now.size()];
            measuredAt = new long[now.size()];
            failures = new int[now.size()];
            deaths = new int[now.size()];
            deadUntil = new long[now.size()];
        }
        backends = now;
    }

    @Override
    public int pick(Ride ride, long nowNanos) {
        if (!mayTry(ride, nowNanos)) {
            return GIVE_UP;
        }
        Backend drawn = Drawing.ofTwo(
                backends,
                one -> nowNanos >= deadUntil[one.index()] && !ride.tried(one.index()),
                one -> costOf(one.index()),
                ride);
        // With all of them dead Finagle still balances over them.
        Backend any = drawn != null
                ? drawn
                : Drawing.ofTwo(backends, one -> !ride.tried(one.index()), one -> costOf(one.index()), ride);
        return any == null ? GIVE_UP : any.index();
    }

    private boolean mayTry(Ride ride, long nowNanos) {
        double most = RETRIES_PER_SECOND * BUDGET_NANOS / 1e9;
        double elapsed = nowNanos - budgetAt;
        budgetAt = nowNanos;
        retriesLeft = Math.min(100 * most, retriesLeft * StrictMath.exp(-elapsed / BUDGET_NANOS));
        if (ride.attempts() == 0) {
            retriesLeft += RETRY_SHARE;
            return true;
        }
        if (ride.attempts() >= ATTEMPTS || retriesLeft + most < 1) {
            return false;
        }
        retriesLeft -= 1;
        return true;
    }

    private double costOf(int i) {
        return cost[i] == 0 && inFlight[i] > 0 ? PENALTY + inFlight[i] : cost[i] * (inFlight[i] + 1);
    }

    @Override
    public void sent(int backend, long nowNanos) {
        inFlight[backend]++;
    }

    @Override
    public void ended(int backend, Outcome outcome, long nowNanos) {
        inFlight[backend]--;
        observe(backend, Math.max(1, outcome.totalNanos()), nowNanos);
        if (outcome.delivered()) {
            failures[backend] = 0;
            deaths[backend] = 0;
        } else if (++failures[backend] >= CONSECUTIVE) {
            failures[backend] = 0;
            deadUntil[backend] =
                    nowNanos + Math.min(MOST_DEAD_NANOS, FIRST_DEAD_NANOS << Math.min(20, deaths[backend]++));
        }
    }

    private void observe(int backend, double nanos, long nowNanos) {
        double kept = StrictMath.exp(-(nowNanos - measuredAt[backend]) / DECAY_NANOS);
        cost[backend] = nanos > cost[backend] ? nanos : cost[backend] * kept + nanos * (1 - kept);
        measuredAt[backend] = nowNanos;
    }
}
