package dev.tierway.adapter.persistence.memory;

import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import java.time.Duration;

/** The same distinction as {@link Descriptor#key()}, without building its text. */
record UsageKey(String owner, Dimension dimension, Duration window) {
    static UsageKey of(Descriptor descriptor) {
        return new UsageKey(
                descriptor.owner(),
                descriptor.limit().dimension(),
                descriptor.limit().window());
    }
}
