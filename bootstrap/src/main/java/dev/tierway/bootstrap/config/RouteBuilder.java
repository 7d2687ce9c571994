package dev.tierway.bootstrap.config;

import dev.tierway.RouteConfig;
import dev.tierway.domain.catalogue.LogicalModel;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.Route;
import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.catalogue.Timeouts;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Routes with what they point to instead of names: a route to a route gets its targets, and its settings where it has
 * none of its own.
 */
final class RouteBuilder {
    private final Map<String, RouteConfig> routes = new LinkedHashMap<>();
    private final Map<String, Ends> followed = new HashMap<>();
    private final Set<String> onTheWay = new HashSet<>();
    private final Set<String> models;
    private final Set<String> replicas;

    RouteBuilder(List<RouteConfig> routes, List<LogicalModel> models, List<Replica> replicas) {
        routes.forEach(route -> this.routes.put(route.name(), route));
        this.models = models.stream().map(model -> model.id().value()).collect(Collectors.toSet());
        this.replicas = replicas.stream().map(replica -> replica.id().value()).collect(Collectors.toSet());
    }

    List<Route> build() {
        return routes.values().stream().map(this::route).toList();
    }

    private Route route(RouteConfig config) {
        Ends ends = follow(config);
        return new Route(
                config.name(),
                ends.targets,
                ends.settings.weights,
                ends.settings.strategy,
                ends.settings.timeouts,
                ends.settings.spillover == null || ends.settings.spillover,
                ends.settings.latencyValue);
    }

    private Ends follow(RouteConfig config) {
        Ends known = followed.get(config.name());
        if (known != null) {
            return known;
        }
        if (!onTheWay.add(config.name())) {
            throw new IllegalArgumentException("route loop at '" + config.name() + "'");
        }
        Set<Target> targets = new LinkedHashSet<>();
        Settings settings = new Settings(
                weights(config),
                config.strategy(),
                config.timeouts(),
                config.latencyValueUsdPerSecond(),
                config.spillover());
        for (String address : config.targets()) {
            RouteConfig other = address.endsWith("*") ? null : routes.get(address);
            if (other == null) {
                targets.add(target(address));
                continue;
            }
            Ends ends = follow(other);
            targets.addAll(ends.targets);
            if (config.targets().size() == 1) {
                settings = settings.over(ends.settings);
            }
        }
        onTheWay.remove(config.name());
        Ends ends = new Ends(List.copyOf(targets), settings);
        followed.put(config.name(), ends);
        return ends;
    }

    /** One per different target; what is said of one twice is added up. */
    private List<Integer> weights(RouteConfig config) {
        Map<Target, Integer> weights = new LinkedHashMap<>();
        for (int i = 0; i < config.weights().size(); i++) {
            weights.merge(target(config.targets().get(i)), config.weights().get(i), Integer::sum);
        }
        return List.copyOf(weights.values());
    }

    private Target target(String address) {
        if (models.contains(address)) {
            return Target.model(address);
        }
        return replicas.contains(address) ? Target.replica(address) : Target.parse(address);
    }

    /** Where a route ends, and the settings it ends up with. */
    private record Ends(List<Target> targets, Settings settings) {}

    private record Settings(
            List<Integer> weights,
            @Nullable Strategy strategy,
            Timeouts.Override timeouts,
            @Nullable Double latencyValue,
            @Nullable Boolean spillover) {
        Settings over(Settings inner) {
            return new Settings(
                    weights.isEmpty() ? inner.weights : weights,
                    strategy == null ? inner.strategy : strategy,
                    new Timeouts.Override(
                            first(timeouts.connect(), inner.timeouts.connect()),
                            first(timeouts.firstToken(), inner.timeouts.firstToken()),
                            first(timeouts.firstTokenPer1kInput(), inner.timeouts.firstTokenPer1kInput()),
                            first(timeouts.idle(), inner.timeouts.idle()),
                            first(timeouts.spill(), inner.timeouts.spill()),
                            first(timeouts.total(), inner.timeouts.total()),
                            first(timeouts.unary(), inner.timeouts.unary()),
                            first(timeouts.unaryPatience(), inner.timeouts.unaryPatience())),
                    first(latencyValue, inner.latencyValue),
                    spillover == null ? inner.spillover : spillover);
        }

        private static <T> @Nullable T first(@Nullable T own, @Nullable T others) {
            return own == null ? others : own;
        }
    }
}
