package dev.tierway.domain.call;

import dev.tierway.domain.fleet.RetryBudget;
import dev.tierway.domain.routing.Choice;
import dev.tierway.domain.routing.RoutingProgress;
import org.jspecify.annotations.Nullable;

/**
 * One decision of a call and what came of it.
 *
 * @param n the attempt's number; a round in which nobody was chosen has the number the next attempt would have had
 * @param seed chance of this decision, derived from the call's
 * @param progress what the call had behind it
 * @param gatewayRetries the gateway's retry budget as it was seen
 * @param result null while it runs, for a dry run, and when nobody was chosen
 */
public record Round(
        int n,
        long atNanos,
        long seed,
        RoutingProgress progress,
        RetryBudget gatewayRetries,
        Choice choice,
        @Nullable AttemptResult result) {
    Round ending(AttemptResult with) {
        return new Round(n, atNanos, seed, progress, gatewayRetries, choice, with);
    }
}
