package dev.tierway;

import dev.tierway.domain.catalogue.CircuitSettings;
import dev.tierway.domain.catalogue.LearningSettings;
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
 * @param retry for providers and replicas that don't have their own settings
 * @param learning what is made of how attempts end
 * @param probes how servers are looked at beside calls
 */
public record RoutingConfig(
        RoutingPolicy policy,
        Strategy strategy,
        List<Strategy> ownStrategies,
        CircuitSettings circuit,
        RetrySettings retry,
        LearningSettings learning,
        ProbesConfig probes) {
    public static final RoutingConfig DEFAULTS = new RoutingConfig(
            RoutingPolicy.DEFAULTS,
            Strategy.ADAPTIVE,
            List.of(),
            CircuitSettings.DEFAULTS,
            RetrySettings.DEFAULTS,
            LearningSettings.DEFAULTS,
            ProbesConfig.DEFAULTS);

    public RoutingConfig {
        ownStrategies = List.copyOf(ownStrategies);
    }

    /** @throws IllegalArgumentException naming the known strategies, if the one configured isn't among them */
    public RoutingPolicy policy(Strategies known) {
        return policy.ranking(known.of(strategy));
    }
}
