package dev.tierway.domain.fleet;

import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Left;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Usage;
import dev.tierway.domain.quota.VendorLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was last seen to be left of the windows that several replicas share: by our own accounts, or by their vendor. A
 * dimension that isn't here is unknown, which is neither none nor all.
 */
public record Headroom(List<Window> windows) {
    public static final Headroom UNKNOWN = new Headroom(List.of());

    /** Calls in flight come and go: what is known of them is soon wrong. */
    private static final long FLEETING_NANOS = 1_000_000_000;

    /** Rounding may say that there is room at a time at which there is none. */
    private static final long SOONEST_NANOS = 1_000_000;
    /** Far beyond what any vendor limits. */
    private static final int MOST_WINDOWS = 32;

    /** Who says so. */
    public enum Source {
        /** Our own quota store. */
        OWN,
        /** The vendor's answers. */
        VENDOR
    }

    /**
     * One known window.
     *
     * @param length of the window; zero if it isn't known, or for concurrency
     * @param limit most that can be left; 0 if the vendor didn't say
     * @param remaining of it when it was seen, at least 0
     * @param seenNanos when that was, on the monotonic clock
     * @param refillNanos how long an empty window takes to be full, a little at a time; 0: not before it is unknown again
     * @param untilNanos when the knowledge expires
     */
    public record Window(
            Dimension dimension,
            Duration length,
            long limit,
            long remaining,
            long seenNanos,
            long refillNanos,
            long untilNanos,
            Source source) {
        public Window {
            if (limit < 0) {
                throw new IllegalArgumentException("a known window has a limit of 0 or more, not " + limit);
            }
            remaining = limit == 0 ? Math.max(0, remaining) : Math.clamp(remaining, 0, limit);
        }

        /** How much is left at that time, if nobody took more. */
        public double remainingAt(long nowNanos) {
            double back = refillNanos == 0 ? 0 : limit * ((double) Math.max(0, nowNanos - seenNanos) / refillNanos);
            return limit == 0 ? remaining : Math.min(limit, remaining + back);
        }

        boolean known(long nowNanos) {
            return nowNanos < untilNanos;
        }

        private boolean replaces(Window older) {
            return dimension == older.dimension && source == older.source && length.equals(older.length);
        }

        /** When that much will be left again. */
        private long untilNanos(double need) {
            return refillNanos == 0
                    ? untilNanos
                    : seenNanos + (long) StrictMath.ceil((Math.min(need, limit) - remaining) / limit * refillNanos);
        }
    }

    /** A window without room, and when it may have room again. */
    record Exhausted(Window window, long untilNanos) {}

    /** What our own store has left of a limit, as a window; null if it says nothing of headroom. */
    static @Nullable Window seen(Left left, long nowNanos) {
        Limit limit = left.descriptor().limit();
        if (limit.dimension() == Dimension.MONEY || limit.isLearned()) {
            return null;
        }
        long refill = limit.window().toNanos() / limit.amount() * limit.burst();
        long until = limit.dimension() == Dimension.CONCURRENCY ? nowNanos + FLEETING_NANOS : Long.MAX_VALUE;
        return new Window(
                limit.dimension(),
                limit.window(),
                limit.burst(),
                left.available(),
                nowNanos,
                limit.dimension() == Dimension.CONCURRENCY ? 0 : Math.max(1, refill),
                until,
                Source.OWN);
    }

    /** A vendor may limit by the minute and by the day: both are kept, told apart by their length. */
    static Duration lengthOf(VendorLimit told) {
        Duration window = told.window();
        return window == null ? Duration.ZERO : window;
    }

    /** What a vendor has told, as a window. */
    static Window told(VendorLimit told, long nowNanos) {
        Long limit = told.limit();
        return new Window(
                told.dimension(),
                lengthOf(told),
                limit == null ? 0 : limit,
                told.remaining(),
                nowNanos,
                0,
                nowNanos + told.lastsNanos(),
                Source.VENDOR);
    }

    /** The same with that window instead of an older one of its kind. */
    Headroom with(Window seen) {
        List<Window> next = new ArrayList<>(windows.size() + 1);
        for (Window window : windows) {
            boolean expired = window.source == Source.VENDOR && !window.known(seen.seenNanos);
            if (!seen.replaces(window) && !expired) {
                next.add(window);
            }
        }
        if (next.size() >= MOST_WINDOWS) {
            // Only a vendor that names another window each time gets here: the one told longest ago goes.
            next.stream()
                    .filter(window -> window.source == Source.VENDOR)
                    .findFirst()
                    .ifPresent(next::remove);
        }
        next.add(seen);
        return new Headroom(List.copyOf(next));
    }

    /** The same after our store has said what is left of a limit that only the vendor knows. */
    Headroom withLearned(Left left) {
        Limit learned = left.descriptor().limit();
        Dimension dimension = learned.dimension();
        for (Window window : windows) {
            boolean same = window.dimension == dimension
                    && window.source == Source.VENDOR
                    && window.length.equals(learned.window());
            if (same && left.available() != Usage.MOST) {
                return with(new Window(
                        dimension,
                        window.length,
                        window.limit,
                        left.available(),
                        window.seenNanos,
                        window.refillNanos,
                        window.untilNanos,
                        window.source));
            }
        }
        return this;
    }

    /** The smallest share that would be left after such a request, in [0, 1]; NaN if no window is known. */
    double shareAfter(RequestShape request, double outputTokens, long nowNanos) {
        double least = Double.NaN;
        for (int i = 0; i < windows.size(); i++) {
            Window window = windows.get(i);
            if (window.known(nowNanos) && window.limit() > 0) {
                double need = need(window.dimension(), request, outputTokens);
                double share = Math.max(0, (window.remainingAt(nowNanos) - need) / window.limit());
                least = Double.isNaN(least) ? share : Math.min(least, share);
            }
        }
        return least;
    }

    /**
     * A window in which such a request certainly doesn't fit any more; null if there is none. What our own store said counts
     * for a second only: calls that end give back more than time does, and the store itself denies exactly.
     */
    @Nullable
    Exhausted exhausted(RequestShape request, long nowNanos) {
        for (int i = 0; i < windows.size(); i++) {
            Window window = windows.get(i);
            if (window.remaining() >= Math.max(1, need(window.dimension(), request, 0))) {
                continue; // already when it was seen: time only gives back
            }
            boolean fresh = window.source() == Source.VENDOR || nowNanos - window.seenNanos() < FLEETING_NANOS;
            if (!fresh || !window.known(nowNanos)) {
                continue;
            }
            // The low estimate: what may still fit is the vendor's to refuse.
            double need = 0.8 * need(window.dimension(), request, 0);
            double remaining = window.remainingAt(nowNanos);
            boolean none = remaining < 1 && window.dimension() != Dimension.CONCURRENCY;
            if (none || remaining < need) {
                // Never now or before: whoever waits until then would look again for ever.
                long until = Math.max(window.untilNanos(Math.max(1, need)), nowNanos + SOONEST_NANOS);
                return new Exhausted(window, until);
            }
        }
        return null;
    }

    private static double need(Dimension dimension, RequestShape request, double outputTokens) {
        return switch (dimension) {
            case REQUESTS, CONCURRENCY -> Math.min(1, request.choices());
            case TOKENS -> request.inputTokens() + outputTokens;
            case INPUT_TOKENS -> request.inputTokens();
            case OUTPUT_TOKENS -> outputTokens;
            case MONEY -> 0;
        };
    }
}
