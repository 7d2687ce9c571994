package dev.tierway.domain.fleet;

import dev.tierway.domain.quota.Dimension;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was last seen to be left of a quota domain's windows. A dimension that isn't here is unknown, which is neither
 * none nor all.
 */
public record Headroom(List<Window> windows) {
    public static final Headroom UNKNOWN = new Headroom(List.of());

    /**
     * One known window.
     *
     * @param limit more than 0
     * @param remaining of it, at least 0
     * @param untilNanos when the knowledge expires, on the monotonic clock
     */
    public record Window(Dimension dimension, long limit, long remaining, long untilNanos) {
        public Window {
            if (limit <= 0) {
                throw new IllegalArgumentException("a known window has a limit above 0, not " + limit);
            }
            remaining = Math.clamp(remaining, 0, limit);
        }
    }

    /** The same with that window instead of an older one of its dimension. */
    Headroom with(Window seen) {
        List<Window> next = new ArrayList<>(windows.size() + 1);
        for (Window window : windows) {
            if (window.dimension() != seen.dimension()) {
                next.add(window);
            }
        }
        next.add(seen);
        return new Headroom(List.copyOf(next));
    }

    /** The smallest share that would be left after such a request, in [0, 1]; null if no window is known. */
    @Nullable
    Double shareAfter(RequestShape request, double outputTokens, long nowNanos) {
        double least = Double.NaN;
        for (Window window : windows) {
            if (nowNanos < window.untilNanos()) {
                double need = need(window.dimension(), request, outputTokens);
                double share = Math.max(0, (window.remaining() - need) / window.limit());
                least = Double.isNaN(least) ? share : Math.min(least, share);
            }
        }
        return Double.isNaN(least) ? null : least;
    }

    /** A window in which such a request certainly doesn't fit any more; null if there is none. */
    @Nullable
    Window exhausted(RequestShape request, long nowNanos) {
        for (Window window : windows) {
            // The low estimate: what may still fit is the vendor's to refuse.
            double need = 0.8 * need(window.dimension(), request, 0);
            boolean none = window.remaining() == 0 && window.dimension() != Dimension.CONCURRENCY;
            if (nowNanos < window.untilNanos() && (none || window.remaining() < need)) {
                return window;
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
