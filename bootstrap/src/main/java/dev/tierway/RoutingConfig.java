package dev.tierway;

import dev.tierway.domain.catalogue.CircuitSettings;
import dev.tierway.domain.catalogue.RetrySettings;
import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.routing.RoutingPolicy;
import dev.tierway.domain.routing.Strategies;
import java.util.List;

/**
 * How calls are routed unless a provider, replica or route says otherwise.
 *
 * @param strategy by its name, since a program may bring it; the policy holds another until it is known
 * @param ownStrategies names of strategies the program brings
 * @param circuit for providers and replicas that don't have their own settings
 * @param probes how servers are looked at beside calls
 * @param retry for providers and replicas that don't have their own settings
 */
public record RoutingConfig(
        RoutingPolicy policy,
        Strategy strategy,
        List<Strategy> ownStrategies,
        CircuitSettings circuit,
        RetrySettings retry,
        ProbesConfig probes) {
    public static final RoutingConfig DEFAULTS = new RoutingConfig(
            RoutingPolicy.DEFAULTS,
            Strategy.ADAPTIVE,
            List.of(),
            CircuitSettings.DEFAULTS,
            RetrySettings.DEFAULTS,
            ProbesConfig.DEFAULTS);

    public RoutingConfig {
        ownStrategies = List.copyOf(ownStrategies);
    }

    /** @throws IllegalArgumentException naming the known strategies, if the one configured isn't among them */
    public RoutingPolicy policy(Strategies known) {
        return new RoutingPolicy(
                known.of(strategy),
                policy.weights(),
                policy.localBonus(),
                policy.latencyValueUsdPerSecond(),
                policy.failurePenaltyUsd(),
                policy.answerValueUsd(),
                policy.exploration(),
                policy.spillover(),
                policy.hedging(),
                policy.timeouts());
    }
}
