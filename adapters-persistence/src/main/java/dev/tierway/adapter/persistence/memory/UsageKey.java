package dev.tierway.adapter.persistence.memory;

import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import java.time.Duration;

/** The same distinction as {@link Descriptor#key()}, without building its text. */
public record UsageKey(String owner, Dimension dimension, Duration window) {
    public static UsageKey of(Descriptor descriptor) {
        return new UsageKey(
                descriptor.owner(),
                descriptor.limit().dimension(),
                descriptor.limit().window());
    }
}
