package dev.tierway.bootstrap.reload;

import dev.tierway.GatewayConfig;
import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.routing.Strategies;

/** Strategies that a configuration says others bring. */
public final class OwnStrategies {
    private OwnStrategies() {}

    /** @throws IllegalArgumentException if nobody brings one of them */
    public static void require(GatewayConfig config, Strategies known) {
        for (Strategy declared : config.routing().ownStrategies()) {
            if (!known.knows(declared)) {
                throw new IllegalArgumentException("routing.own-strategies names '" + declared
                        + "', but nobody brings it: give it to the builder, or put its jar on the class path. Known"
                        + " are "
                        + known.names());
            }
        }
    }
}
