package dev.tierway.adapter.providers;

import dev.tierway.adapter.providers.limits.Vendor;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a vendor is asked what an account has left.
 *
 * @param vendor whose way of asking; null: told by the provider's base URL
 * @param timeout for connecting and the whole answer together
 */
public record UsageProbeSettings(@Nullable Vendor vendor, Duration timeout) {
    public UsageProbeSettings {
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("a usage probe's timeout must be more than 0");
        }
    }
}
