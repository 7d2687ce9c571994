package dev.tierway.bootstrap.reload;

import dev.tierway.GatewayConfig;
import dev.tierway.domain.routing.RoutingPolicy;
import dev.tierway.domain.routing.Strategies;

/** The configuration in force, and the policy that follows from it. */
public final class ConfigInForce implements Reloadable {
    private final Strategies strategies;
    private volatile Settings now;

    private record Settings(GatewayConfig config, RoutingPolicy policy) {}

    public ConfigInForce(GatewayConfig config, Strategies strategies) {
        this.strategies = strategies;
        this.now = settings(config);
    }

    private Settings settings(GatewayConfig config) {
        OwnStrategies.require(config, strategies);
        return new Settings(config, config.routing().policy(strategies));
    }

    public GatewayConfig config() {
        return now.config();
    }

    public RoutingPolicy policy() {
        return now.policy();
    }

    @Override
    public Change prepare(GatewayConfig before, GatewayConfig next) {
        Settings prepared = settings(next);
        return () -> now = prepared;
    }
}
