package dev.tierway.simulation.baseline;

import java.util.List;

/**
 * Envoy's {@code LEAST_REQUEST}: of two drawn, the one with fewer requests in flight. With its documented outlier
 * detection: after 5 failures in a row a backend is ejected for 30 s times how often it was ejected before, at most one
 * in ten of them at a time but always one; and one retry on another backend ({@code num_retries} defaults to 1).
 */
final class LeastRequests implements Balancer {
    private static final int ATTEMPTS = 2;
    private static final int CONSECUTIVE = 5;
    private static final long EJECTION_NANOS = 30_000_000_000L;
    private static final long MOST_EJECTION_NANOS = 300_000_000_000L;
    private static final double MOST_EJECTED = 0.1;

    private List<Backend> backends = List.of();
    private int[] inFlight = new int[0];
    private int[] failures = new int[0];
    private int[] ejections = new int[0];
    private long[] ejectedUntil = new long[0];

    @Override
    public void configure(List<Backend> now) {
        if (inFlight.length != now.size()) {
            inFlight = new int[now.size()];
            failures = new int[now.size()];
            ejections = new int[now.size()];
            ejectedUntil = new long[now.size()];
        }
        backends = now;
    }

    @Override
    public int pick(Ride ride, long nowNanos) {
        if (ride.attempts() >= ATTEMPTS) {
            return GIVE_UP;
        }
        Backend drawn = Drawing.ofTwo(
                backends,
                one -> nowNanos >= ejectedUntil[one.index()] && !ride.tried(one.index()),
                one -> inFlight[one.index()],
                ride);
        return drawn == null ? GIVE_UP : drawn.index();
    }

    @Override
    public void sent(int backend, long nowNanos) {
        inFlight[backend]++;
    }

    @Override
    public void ended(int backend, Outcome outcome, long nowNanos) {
        inFlight[backend]--;
        if (outcome.delivered()) {
            failures[backend] = 0;
        } else if (++failures[backend] >= CONSECUTIVE && mayEject(nowNanos)) {
            failures[backend] = 0;
            ejectedUntil[backend] = nowNanos + Math.min(MOST_EJECTION_NANOS, EJECTION_NANOS * ++ejections[backend]);
        }
    }

    private boolean mayEject(long nowNanos) {
        int ejected = 0;
        for (long until : ejectedUntil) {
            ejected += nowNanos < until ? 1 : 0;
        }
        return ejected == 0 || ejected + 1 <= MOST_EJECTED * backends.size();
    }
}
