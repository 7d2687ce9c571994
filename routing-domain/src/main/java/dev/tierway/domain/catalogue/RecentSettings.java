package dev.tierway.domain.catalogue;

import java.time.Duration;

/**
 * What counts as lately for retry budgets.
 *
 * @param windowNanos what they look back on
 * @param healthyShare a provider with at least this share of successes in the window is spilled to for free
 */
public record RecentSettings(long windowNanos, double healthyShare) {
    public static final RecentSettings DEFAULTS =
            new RecentSettings(Duration.ofSeconds(10).toNanos(), 0.9);

    public RecentSettings {
        if (windowNanos <= 0 || !(healthyShare >= 0 && healthyShare <= 1)) {
            throw new IllegalArgumentException(
                    "spillover: retry-window must be more than 0, healthy between 0 % and 100 %");
        }
    }
}
