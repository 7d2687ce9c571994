package dev.tierway.bootstrap.config;

import dev.tierway.domain.catalogue.RecentSettings;
import dev.tierway.domain.routing.RoutingPolicy;
import java.time.Duration;
import java.util.List;

/** {@code routing.spillover}. */
final class SpilloverSection {
    /** What it comes to: limits of calls, and what budgets count. */
    record Spilling(RoutingPolicy.Spillover limits, RecentSettings recent) {
        static final Spilling DEFAULTS = new Spilling(RoutingPolicy.Spillover.DEFAULTS, RecentSettings.DEFAULTS);
    }

    static final Key<Integer> ATTEMPTS = Key.optional(
                    "attempts", Quantities.smallCount(1, 20), "Most attempts of a call.")
            .or("4");
    static final Key<Integer> ATTEMPTS_PER_MODEL = Key.optional(
                    "attempts-per-model", Quantities.smallCount(1, 20), "Most attempts at replicas of one model.")
            .or("3");
    static final Key<Double> RETRY_BUDGET = Key.optional(
                    "retry-budget",
                    Quantities.SHARE,
                    "Attempts at a failing provider beyond calls' first ones, as a share of those, over"
                            + " `retry-window`.")
            .or("20%");
    static final Key<Integer> RETRY_BUDGET_MINIMUM = Key.optional(
                    "retry-budget-minimum",
                    Quantities.smallCount(0, 1_000_000),
                    "Such attempts always allowed in a window, however few calls there are.")
            .or("3");
    static final Key<Boolean> ON_CONTENT_POLICY = Key.optional(
                    "on-content-policy",
                    Scalars.TRUE_OR_FALSE,
                    "Whether a request one vendor refused for its content may go to another.")
            .or("false");

    static final Key<Duration> RETRY_WINDOW = Key.optional(
                    "retry-window",
                    Quantities.DURATION_ABOVE_ZERO,
                    "What retry budgets look back on, the gateway's and the providers'.")
            .or("10s");
    static final Key<Double> HEALTHY = Key.optional(
                    "healthy",
                    Quantities.SHARE,
                    "A spill to another provider is charged to no budget if this share of its calls in the window"
                            + " worked.")
            .or("90%");

    static final Section<Spilling> SECTION = Section.of(
            "spillover",
            "What happens after a failure.",
            List.of(
                    ATTEMPTS,
                    ATTEMPTS_PER_MODEL,
                    RETRY_BUDGET,
                    RETRY_BUDGET_MINIMUM,
                    RETRY_WINDOW,
                    HEALTHY,
                    ON_CONTENT_POLICY),
            v -> new Spilling(
                    new RoutingPolicy.Spillover(
                            v.value(ATTEMPTS),
                            v.value(ATTEMPTS_PER_MODEL),
                            v.value(RETRY_BUDGET),
                            v.value(RETRY_BUDGET_MINIMUM),
                            v.value(ON_CONTENT_POLICY),
                            v.value(RETRY_WINDOW)),
                    new RecentSettings(v.value(RETRY_WINDOW).toNanos(), v.value(HEALTHY))));

    private SpilloverSection() {}
}
