package dev.tierway.simulation.baseline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * LiteLLM's router with its default settings, from its documentation ("Retries, fallbacks and cooldowns", November 2026)
 * and its published constants.
 *
 * <ul>
 *   <li>{@code simple-shuffle}: a deployment drawn by its {@code rpm}, where configured.
 *   <li>{@code num_retries} 2: three attempts in all. A retry draws again, without those that failed this request, at
 *       once if another healthy deployment is left; else after the vendor's Retry-After (up to a minute), or half a
 *       second, doubling up to eight.
 *   <li>A cooldown of 5 s (a Retry-After, if the vendor gave one): after any 429, after a failure that retrying can't
 *       mend (401, 404), and once more than half of a deployment's requests of the current minute failed, of at least 5.
 *   <li>Failures are counted per calendar minute, as its cache keys are.
 * </ul>
 */
final class ShuffleCooldown implements Balancer {
    private static final int ATTEMPTS = 3;
    private static final long COOLDOWN_NANOS = 5_000_000_000L;
    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final double FAILURE_SHARE = 0.5;
    private static final int LEAST_REQUESTS = 5;
    private static final double BACKOFF_SECONDS = 0.5;
    private static final double MOST_BACKOFF_SECONDS = 8;
    private static final long MOST_TOLD_MILLIS = 60_000;

    private List<Backend> backends = List.of();
    private long[] coolsUntil = new long[0];
    private long[] minute = new long[0];
    private int[] succeeded = new int[0];
    private int[] failed = new int[0];
    private long[] toldMillis = new long[0];

    @Override
    public void configure(List<Backend> now) {
        if (coolsUntil.length != now.size()) {
            coolsUntil = new long[now.size()];
            minute = new long[now.size()];
            succeeded = new int[now.size()];
            failed = new int[now.size()];
            toldMillis = new long[now.size()];
        }
        backends = now;
    }

    @Override
    public int pick(Ride ride, long nowNanos) {
        if (ride.attempts() >= ATTEMPTS) {
            return GIVE_UP;
        }
        Backend fresh = draw(ride, nowNanos, true);
        if (fresh != null) {
            return fresh.index();
        }
        Backend again = ride.naps() > 0 ? draw(ride, nowNanos, false) : null;
        if (again != null) {
            return again.index();
        }
        // Waking up to find nobody healthy is a failed try of its retry loop, too.
        if (ride.attempts() + ride.naps() >= ATTEMPTS) {
            return GIVE_UP;
        }
        ride.sleepUntil(nowNanos + backoff(ride));
        return WAIT;
    }

    private @Nullable Backend draw(Ride ride, long nowNanos, boolean untried) {
        return Drawing.weighted(
                backends,
                one -> nowNanos >= coolsUntil[one.index()] && !(untried && ride.tried(one.index())),
                Backend::requestsPerMinute,
                ride.dice(1));
    }

    private long backoff(Ride ride) {
        long told = ride.last() < 0 ? -1 : toldMillis[ride.last()];
        if (told > 0 && told <= MOST_TOLD_MILLIS) {
            return told * 1_000_000;
        }
        double seconds = BACKOFF_SECONDS * (1 << Math.max(0, ride.attempts() + ride.naps() - 1));
        return (long) (1e9 * Math.min(MOST_BACKOFF_SECONDS, seconds) * (1 - 0.25 * ride.dice(3)));
    }

    @Override
    public void ended(int backend, Outcome outcome, long nowNanos) {
        long thisMinute = nowNanos / MINUTE_NANOS;
        if (minute[backend] != thisMinute) {
            minute[backend] = thisMinute;
            succeeded[backend] = 0;
            failed[backend] = 0;
        }
        if (outcome.delivered()) {
            succeeded[backend]++;
            return;
        }
        failed[backend]++;
        toldMillis[backend] = outcome.retryAfterMillis();
        int all = succeeded[backend] + failed[backend];
        boolean manyFail = all >= LEAST_REQUESTS && failed[backend] > FAILURE_SHARE * all;
        if (outcome.status() == 429 || outcome.status() == 401 || outcome.status() == 404 || manyFail) {
            long told = outcome.retryAfterMillis();
            coolsUntil[backend] = nowNanos + (told >= 0 ? told * 1_000_000 : COOLDOWN_NANOS);
        }
    }
}
