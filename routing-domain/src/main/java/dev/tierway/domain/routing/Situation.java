package dev.tierway.domain.routing;

import dev.tierway.domain.fleet.RetryBudget;

/** Everything one decision is a function of, beside the candidates themselves. */
public record Situation(
        RequestFeatures features,
        RoutingPolicy policy,
        RoutingProgress progress,
        RetryBudget gatewayRetries,
        long nowNanos,
        long seed) {
    /** Of the gateway's budget; a provider's is its replica's own. */
    RetryBudget.Rule retryRule() {
        return policy.spillover().retryRule();
    }

    /** Probing and exploring is for first attempts of calls that leave the choice to us. */
    public boolean mayExperiment() {
        return progress.first() && !features.ask().pinned();
    }
}
