package dev.tierway;

import dev.tierway.domain.catalogue.CircuitSettings;
import dev.tierway.domain.routing.RoutingPolicy;

/**
 * How calls are routed unless a provider, replica or route says otherwise.
 *
 * @param circuit for providers and replicas that don't have their own settings
 * @param probes how servers are looked at beside calls
 */
public record RoutingConfig(RoutingPolicy policy, CircuitSettings circuit, ProbesConfig probes) {
    public static final RoutingConfig DEFAULTS =
            new RoutingConfig(RoutingPolicy.DEFAULTS, CircuitSettings.DEFAULTS, ProbesConfig.DEFAULTS);
}
