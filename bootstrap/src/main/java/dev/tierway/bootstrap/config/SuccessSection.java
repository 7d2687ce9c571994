package dev.tierway.bootstrap.config;

import dev.tierway.domain.catalogue.SuccessSettings;
import java.time.Duration;
import java.util.List;

/** {@code routing.success}. */
final class SuccessSection {
    static final Key<Integer> PRIOR_WEIGHT = Key.optional(
                    "prior-weight",
                    Quantities.smallCount(1, 1_000_000),
                    "How many imagined calls its siblings' success counts for.")
            .or("20");
    static final Key<Double> PRIOR_START = Key.optional(
                    "prior-start", Quantities.SHARE, "Their success while nobody has been measured.")
            .or("95%");
    static final Key<Double> PRIOR_LEAST = Key.optional(
                    "prior-least", Quantities.SHARE, "The least a newcomer is credited with, however its siblings do.")
            .or("95%");
    static final Key<Double> PRIOR_MOST = Key.optional(
                    "prior-most", Quantities.SHARE, "The most it is credited with; below 100%.")
            .or("99.9%");
    static final Key<Double> LEAST = Key.optional(
                    "least", Quantities.SHARE, "No replica is expected to work less often; more than 0%.")
            .or("2%");
    static final Key<Double> SHAKEN = Key.optional(
                    "shaken",
                    Quantities.SHARE,
                    "What a provider-wide failure in a call leaves of the chance of its other replicas; more than 0%.")
            .or("20%");
    static final Key<Duration> HALF_LIFE = Key.optional(
                    "half-life", Quantities.DURATION_ABOVE_ZERO, "In which half of a success or failure is forgotten.")
            .or("60s");

    static final Section<SuccessSettings> SECTION = Section.of(
            "success",
            "How often a replica is expected to work: successes and failures that fade, over a prior.",
            List.of(PRIOR_WEIGHT, PRIOR_START, PRIOR_LEAST, PRIOR_MOST, LEAST, SHAKEN, HALF_LIFE),
            v -> new SuccessSettings(
                    v.value(PRIOR_WEIGHT),
                    v.value(PRIOR_START),
                    v.value(PRIOR_LEAST),
                    v.value(PRIOR_MOST),
                    v.value(LEAST),
                    v.value(SHAKEN),
                    v.value(HALF_LIFE).toNanos()));

    private SuccessSection() {}
}
