package dev.tierway.bootstrap.config;

import dev.tierway.domain.catalogue.UnmeasuredSettings;
import java.time.Duration;
import java.util.List;

/** {@code routing.unmeasured}. */
final class UnmeasuredSection {
    static final Key<Duration> FIRST_TOKEN = Key.optional(
                    "first-token", Quantities.DURATION_ABOVE_ZERO, "Until the first token.")
            .or("1s");
    static final Key<Duration> PER_TOKEN = Key.optional(
                    "per-token", Quantities.DURATION_ABOVE_ZERO, "For every output token.")
            .or("20ms");
    static final Key<Integer> OUTPUT_TOKENS = Key.optional(
                    "output-tokens", Quantities.smallCount(1, 10_000_000), "Tokens of an answer.")
            .or("256");

    static final Section<UnmeasuredSettings> SECTION = Section.of(
            "unmeasured",
            "What a model is assumed to take before anything was measured of it or of its tier.",
            List.of(FIRST_TOKEN, PER_TOKEN, OUTPUT_TOKENS),
            v -> new UnmeasuredSettings(
                    v.value(FIRST_TOKEN).toNanos(), v.value(PER_TOKEN).toNanos(), v.value(OUTPUT_TOKENS)));

    private UnmeasuredSection() {}
}
