package dev.tierway.application.service;

import dev.tierway.application.error.UnknownModelException;
import dev.tierway.application.error.UnknownReplicaException;
import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.LogicalModel;
import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.catalogue.Route;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.catalogue.UseCase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks names up, as a whole and in this order: exact route, model, replica, unlisted model of a passthrough provider,
 * pattern route. Follows routes to the replicas at their ends.
 */
final class TargetExpander {
    private static final String AUTO = "auto";
    private static final String DEFAULT_ROUTE = "default";
    private static final int MOST_ROUTES = 16;

    private final Catalogue catalogue;
    private final SortedMap<String, String> routesOff;

    /** @param routesOff routes that are switched off, as if they weren't there, and whose order that is */
    TargetExpander(Catalogue catalogue, SortedMap<String, String> routesOff) {
        this.catalogue = catalogue;
        this.routesOff = routesOff;
    }

    /**
     * What a target came to.
     *
     * @param route the one it named; null if none
     * @param plain tiers, models and replicas at its ends
     * @param candidates their replicas, in the order of preference
     * @param weights of replicas whose target has one
     * @param omitted replicas that can't be candidates, counted by the reason's code
     * @param unlisted whether it named a model that isn't listed
     */
    record Expanded(
            @Nullable Route route,
            List<Target> plain,
            List<Replica> candidates,
            Map<ReplicaId, Double> weights,
            Map<String, Integer> omitted,
            boolean unlisted) {}

    /** @throws UnknownModelException if nothing has that name */
    Expanded expand(Target target) {
        Route route = target instanceof Target.Named(String name) ? routeNamed(name) : null;
        List<Target> plain = new ArrayList<>();
        follow(target, plain, 0);
        Set<Replica> candidates = new LinkedHashSet<>();
        Map<ReplicaId, Double> weights = new LinkedHashMap<>();
        Map<String, Integer> omitted = new LinkedHashMap<>();
        for (int i = 0; i < plain.size(); i++) {
            List<Replica> found = candidates(plain.get(i), target.address(), omitted);
            candidates.addAll(route == null ? found : byPriority(found));
            if (route != null && route.weights().size() == plain.size()) {
                spread(route.weights().get(i), found, weights);
            }
        }
        boolean unlisted = plain.size() == 1
                && plain.getFirst() instanceof Target.Pinned(ReplicaId id)
                && target instanceof Target.Named
                && catalogue.replica(id) == null;
        return new Expanded(route, plain, List.copyOf(candidates), weights, omitted, unlisted);
    }

    private @Nullable Route routeNamed(String name) {
        Route configured = catalogue.route(exactName(name));
        Route exact = configured != null && routesOff.containsKey(configured.name()) ? null : configured;
        boolean taken = isModel(name) || isReplica(name);
        return exact != null || taken ? exact : catalogue.patternFor(name, routesOff.keySet());
    }

    private static String exactName(String name) {
        return AUTO.equals(name) ? DEFAULT_ROUTE : name;
    }

    /** Whose order keeps a name from being found, in a sentence; empty if nobody's does. */
    private String switchedOff(String name) {
        String exact = routesOff.get(exactName(name));
        if (exact != null && catalogue.route(exactName(name)) != null) {
            return "Route '" + exactName(name) + "' is off: " + exact + ". ";
        }
        Route pattern = catalogue.patternFor(name);
        String by = pattern == null ? null : routesOff.get(pattern.name());
        return pattern == null || by == null ? "" : "Route '" + pattern.name() + "' is off: " + by + ". ";
    }

    private boolean isModel(String name) {
        return validPath(name) && catalogue.model(new ModelId(name)) != null;
    }

    private boolean isReplica(String name) {
        return validPath(name) && (catalogue.replica(new ReplicaId(name)) != null || catalogue.unlisted(name) != null);
    }

    private static boolean validPath(String name) {
        try {
            return !new ModelId(name).value().isEmpty();
        } catch (IllegalArgumentException notAnId) {
            return false;
        }
    }

    /** Follows routes until only tiers, models and replicas are left. */
    private void follow(Target target, List<Target> plain, int depth) {
        if (depth > MOST_ROUTES) {
            throw new UnknownModelException("routes lead in a circle at '" + target.address() + "'");
        }
        if (!(target instanceof Target.Named(String name))) {
            plain.add(target);
            return;
        }
        Route route = routeNamed(name);
        if (route != null) {
            for (Target next : route.targets()) {
                follow(next, plain, depth + 1);
            }
        } else if (isModel(name)) {
            plain.add(new Target.Model(new ModelId(name)));
        } else if (isReplica(name)) {
            plain.add(new Target.Pinned(new ReplicaId(name)));
        } else {
            throw new UnknownModelException("nothing is called '" + name + "'. "
                    + switchedOff(name)
                    + Suggestions.known(name, catalogue)
                    + "Ask for a route, tier:TIER/USE-CASE, a model or a replica; GET /v1/models lists them");
        }
    }

    private List<Replica> candidates(Target target, String address, Map<String, Integer> omitted) {
        return switch (target) {
            case Target.Tier(ModelTier tier, UseCase useCase) -> {
                List<Replica> all = catalogue.replicasOf(tier);
                List<Replica> serving = catalogue.replicasServing(tier, useCase);
                if (all.isEmpty()) {
                    throw new UnknownModelException(
                            "no model of tier '" + tier.id() + "' is configured" + Suggestions.tiers(catalogue));
                }
                if (serving.size() < all.size()) {
                    omitted.merge("use_case_not_served", all.size() - serving.size(), Integer::sum);
                }
                yield serving;
            }
            case Target.Model(ModelId id) -> {
                LogicalModel model = catalogue.model(id);
                if (model == null) {
                    throw new UnknownModelException("there is no model '" + id + "'. "
                            + Suggestions.known(id.value(), catalogue) + "GET /v1/models lists them");
                }
                yield catalogue.replicasOf(id);
            }
            case Target.Pinned(ReplicaId id) -> {
                Replica listed = catalogue.replica(id);
                Replica replica = listed == null ? catalogue.unlisted(id.value()) : listed;
                if (replica == null) {
                    throw new UnknownReplicaException("there is no replica '" + id + "'. "
                            + Suggestions.known(id.value(), catalogue) + "GET /v1/models lists them");
                }
                yield List.of(replica);
            }
            case Target.Named(String name) ->
                throw new IllegalStateException("'" + name + "' in '" + address + "' was not expanded");
        };
    }

    /** In a route the order of targets is the order of preference; within a target, its replicas' own priority is. */
    private static List<Replica> byPriority(List<Replica> replicas) {
        return replicas.stream()
                .sorted(Comparator.comparingInt(Replica::priority))
                .toList();
    }

    /** A replica that several targets lead to gets a share of each. */
    private static void spread(int weight, List<Replica> replicas, Map<ReplicaId, Double> weights) {
        double all = replicas.stream().mapToInt(Replica::weight).sum();
        for (Replica replica : replicas) {
            weights.merge(replica.id(), all == 0 ? 0 : weight * replica.weight() / all, Double::sum);
        }
    }
}
