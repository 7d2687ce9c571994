package dev.tierway.bootstrap.config;

import dev.tierway.domain.catalogue.RetrySettings;
import java.time.Duration;
import java.util.List;

/** {@code retry}: in routing, a provider, a replica. */
final class RetrySection {
    static final Key<Double> BUDGET = Key.optional(
                    "budget",
                    Quantities.SHARE,
                    "Attempts charged to the provider's retry budget, as a share of calls' first attempts at it, over"
                            + " `routing.spillover.retry-window`.")
            .absentMeans("as `routing.spillover.retry-budget`");
    static final Key<Integer> MINIMUM = Key.optional(
                    "minimum",
                    Quantities.smallCount(0, 1_000_000),
                    "Such attempts always allowed in a window, however few calls there are.")
            .absentMeans("as `routing.spillover.retry-budget-minimum`");
    static final Key<Boolean> REPEAT = Key.optional(
                    "repeat",
                    Scalars.TRUE_OR_FALSE,
                    "Whether a call may come back once to a replica that was rate limited or overloaded, if there is"
                            + " nobody else.")
            .absentMeans("true");
    static final Key<Duration> MAX_REST = Key.optional(
                    "max-rest",
                    Quantities.DURATION_OR_ZERO,
                    "The longest such a call waits for the replica's rest to end.")
            .absentMeans("1s");

    static final Section<RetrySettings.Override> SECTION = Section.of(
            "retry",
            "How much retrying a provider may be burdened with, and whether a replica may be asked again. What a"
                    + " replica doesn't say is as its provider, then `routing.retry` says.",
            List.of(BUDGET, MINIMUM, REPEAT, MAX_REST),
            v -> new RetrySettings.Override(v.get(BUDGET), v.get(MINIMUM), v.get(REPEAT), v.get(MAX_REST)));

    private RetrySection() {}
}
