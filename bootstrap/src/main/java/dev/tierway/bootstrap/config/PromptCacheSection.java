package dev.tierway.bootstrap.config;

import dev.tierway.domain.catalogue.PromptCacheSettings;
import java.time.Duration;
import java.util.List;

/** {@code routing.prompt-cache}. */
final class PromptCacheSection {
    static final Key<Duration> HELD = Key.optional(
                    "held",
                    Quantities.DURATION_OR_ZERO,
                    "So long after its last use a prompt's beginning is expected to be cached, in whole seconds; 7d at"
                            + " most.")
            .or("5m");
    static final Key<Integer> LEAST_TOKENS = Key.optional(
                    "least-tokens", Quantities.smallCount(1, 1_000_000), "Shorter beginnings are not.")
            .or("1024");

    static final Section<PromptCacheSettings> SECTION = Section.of(
            "prompt-cache",
            "What the caches of vendors are expected to hold: what they do costs `cached-input`.",
            List.of(HELD, LEAST_TOKENS),
            v -> new PromptCacheSettings(v.value(HELD).toSeconds(), v.value(LEAST_TOKENS)));

    private PromptCacheSection() {}
}
