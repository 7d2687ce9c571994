package dev.tierway;

import dev.tierway.adapter.providers.UsageProbeSettings;
import dev.tierway.adapter.providers.limits.Vendor;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How often a provider's vendor is asked what the account has left.
 *
 * @param every from the end of one question to the next
 * @param timeout of one
 * @param vendor whose way of asking; null: told by the base URL's host
 */
public record UsageProbeConfig(
        Duration every, Duration timeout, @Nullable Vendor vendor) {
    /** @throws IllegalArgumentException if nobody could be asked so */
    public UsageProbeSettings settings() {
        return new UsageProbeSettings(vendor, timeout);
    }
}
