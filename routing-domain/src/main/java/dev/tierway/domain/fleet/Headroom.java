package dev.tierway.domain.fleet;

import org.jspecify.annotations.Nullable;

/**
 * What is left of a quota domain's tightest known window.
 *
 * @param share in [0, 1]; null is unknown
 * @param untilNanos when the knowledge expires
 */
public record Headroom(@Nullable Double share, long untilNanos) {
    public static final Headroom UNKNOWN = new Headroom(null, 0);

    @Nullable
    Double at(long nowNanos) {
        return share != null && nowNanos < untilNanos ? share : null;
    }
}
