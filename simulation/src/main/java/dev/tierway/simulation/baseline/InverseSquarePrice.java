package dev.tierway.simulation.baseline;

import java.util.List;

/**
 * OpenRouter's default, as its documentation tells it: providers that have seen no significant outage in the last 30
 * seconds come first; among them one is drawn by the inverse square of its price; the others are fallbacks, the same way.
 * "Significant" is ours: three failures in the last 30 seconds, and more failures than answers.
 */
final class InverseSquarePrice implements Balancer {
    private static final long OUTAGE_NANOS = 30_000_000_000L;
    private static final int REMEMBERED = 64;
    private static final int LEAST_FAILURES = 3;

    private List<Backend> backends = List.of();
    private long[][] endedAt = new long[0][];
    private boolean[][] worked = new boolean[0][];
    private int[] ends = new int[0];

    @Override
    public void configure(List<Backend> now) {
        if (ends.length != now.size()) {
            endedAt = new long[now.size()][REMEMBERED];
            worked = new boolean[now.size()][REMEMBERED];
            ends = new int[now.size()];
        }
        backends = now;
    }

    @Override
    public int pick(Ride ride, long nowNanos) {
        Backend stable = Drawing.weighted(
                backends,
                one -> !ride.tried(one.index()) && !outage(one.index(), nowNanos),
                InverseSquarePrice::weight,
                ride.dice(1));
        Backend drawn = stable != null
                ? stable
                : Drawing.weighted(backends, one -> !ride.tried(one.index()), InverseSquarePrice::weight, ride.dice(1));
        return drawn == null ? GIVE_UP : drawn.index();
    }

    private static double weight(Backend backend) {
        double price = Math.max(1e-6, backend.blendedUsd());
        return 1 / (price * price);
    }

    private boolean outage(int backend, long nowNanos) {
        int good = 0;
        int bad = 0;
        for (int i = 0; i < Math.min(REMEMBERED, ends[backend]); i++) {
            if (nowNanos - endedAt[backend][i] <= OUTAGE_NANOS) {
                good += worked[backend][i] ? 1 : 0;
                bad += worked[backend][i] ? 0 : 1;
            }
        }
        return bad >= LEAST_FAILURES && bad > good;
    }

    @Override
    public void ended(int backend, Outcome outcome, long nowNanos) {
        int slot = ends[backend]++ % REMEMBERED;
        endedAt[backend][slot] = nowNanos;
        worked[backend][slot] = outcome.delivered();
    }
}
