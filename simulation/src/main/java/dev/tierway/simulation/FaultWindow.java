package dev.tierway.simulation;

import dev.tierway.simulation.world.Ledger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a contender met a fault, read from its attempts.
 *
 * @param faulted indices of the replicas the fault strikes
 */
record FaultWindow(Ledger ledger, List<Integer> faulted, long fromNanos, long untilNanos, long endNanos) {
    private static final long SLIDING_NANOS = 10_000_000_000L;
    private static final long DEAD_AFTER_NANOS = 10_000_000_000L;
    private static final double LITTLE = 0.05;
    private static final double USED_AT_ALL = 0.02;
    private static final double SECOND = 1e9;

    /**
     * Seconds from the fault's begin to the first moment from which less than 5 % of the attempts of 10 s go to the
     * faulted; if there is none, as long as the fault lasts.
     */
    @Nullable
    Double detectSeconds() {
        if (faulted.isEmpty()) {
            return null;
        }
        int attempts = ledger.attempts();
        if (share(fromNanos, fromNanos + SLIDING_NANOS) < LITTLE) {
            return 0.0;
        }
        for (int i = 0; i < attempts; i++) {
            long at = ledger.sentAt(i) + 1;
            if (at > fromNanos && at <= untilNanos && isFaulted(i) && share(at, at + SLIDING_NANOS) < LITTLE) {
                return (at - fromNanos) / SECOND;
            }
        }
        return (untilNanos - fromNanos) / SECOND;
    }

    /**
     * Seconds from the fault's end to the first moment from which the faulted get at least half their share of before
     * the fault, over 10 s; if there is none, as long as the run goes on. For a contender that hardly used them before
     * (under 2 %): to the first answer from them; null if it needs none.
     */
    @Nullable
    Double recoverSeconds() {
        if (faulted.isEmpty()) {
            return null;
        }
        double before = share(0, fromNanos);
        if (before < USED_AT_ALL) {
            long first = Long.MAX_VALUE;
            for (int replica : faulted) {
                first = Math.min(first, ledger.firstSuccess(replica));
            }
            return first == Long.MAX_VALUE ? null : (Double) ((first - untilNanos) / SECOND);
        }
        if (share(untilNanos, untilNanos + SLIDING_NANOS) >= before / 2) {
            return 0.0;
        }
        for (int i = 0; i < ledger.attempts(); i++) {
            long at = ledger.sentAt(i);
            if (at > untilNanos && isFaulted(i) && share(at, at + SLIDING_NANOS) >= before / 2) {
                return (at - untilNanos) / SECOND;
            }
        }
        return (endNanos - untilNanos) / SECOND;
    }

    /**
     * The largest share of all attempts that went to one of the dead, from 10 s after its first failed attempt to the
     * fault's end; 0 for one never tried.
     */
    double deadShare() {
        double largest = 0;
        for (int replica : faulted) {
            long failed = ledger.firstFailure(replica);
            if (failed < untilNanos - DEAD_AFTER_NANOS) {
                largest = Math.max(largest, share(failed + DEAD_AFTER_NANOS, untilNanos, List.of(replica)));
            }
        }
        return largest;
    }

    private boolean isFaulted(int attempt) {
        return faulted.contains(ledger.sentTo(attempt));
    }

    private double share(long from, long until) {
        return share(from, until, faulted);
    }

    private double share(long from, long until, List<Integer> replicas) {
        int all = 0;
        int there = 0;
        for (int i = firstFrom(from); i < ledger.attempts() && ledger.sentAt(i) < until; i++) {
            all++;
            there += replicas.contains(ledger.sentTo(i)) ? 1 : 0;
        }
        return all == 0 ? 0 : there / (double) all;
    }

    /** Attempts are in order of time. */
    private int firstFrom(long nanos) {
        int low = 0;
        int high = ledger.attempts();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ledger.sentAt(middle) < nanos) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
