package dev.tierway.application.service;

import dev.tierway.application.error.InvalidRequestException;
import dev.tierway.application.error.TierwayException;
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
import dev.tierway.domain.routing.Ask;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns an address into candidates: exact route, tier, model, replica, pattern route, in this order. */
final class AddressResolver {
    private static final String AUTO = "auto";
    private static final String DEFAULT_ROUTE = "default";
    private static final int MOST_ROUTES = 16;

    private final Catalogue catalogue;

    AddressResolver(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** What an address came to; {@code route} is null if none was named. */
    record Resolved(Ask ask, @Nullable Route route) {}

    /**
     * @param escalateTo the caller's permission; null: none
     * @throws UnknownModelException if nothing has that name
     */
    Resolved resolve(Target target, @Nullable ModelTier escalateTo) {
        String address = target.address();
        Route route = target instanceof Target.Named(String name) ? routeNamed(name) : null;
        Set<Replica> candidates = new LinkedHashSet<>();
        Map<String, Integer> omitted = new LinkedHashMap<>();
        List<Target> plain = new ArrayList<>();
        expand(target, plain, 0);
        for (Target one : plain) {
            List<Replica> found = candidates(one, address, omitted);
            candidates.addAll(route == null ? found : byPriority(found));
        }
        UseCase useCase =
                plain.size() == 1 && plain.getFirst() instanceof Target.Tier(var tier, var asked) ? asked : null;
        Ask ask = new Ask(
                address,
                level(plain, candidates),
                route == null ? null : route.name(),
                useCase,
                List.copyOf(candidates),
                escalation(plain, escalateTo),
                omitted);
        return new Resolved(ask, route);
    }

    private @Nullable Route routeNamed(String name) {
        Route exact = catalogue.route(AUTO.equals(name) ? DEFAULT_ROUTE : name);
        boolean taken = isModel(name) || isReplica(name);
        return exact != null || taken ? exact : catalogue.patternFor(name);
    }

    private boolean isModel(String name) {
        return validPath(name) && catalogue.model(new ModelId(name)) != null;
    }

    private boolean isReplica(String name) {
        return validPath(name) && catalogue.replica(new ReplicaId(name)) != null;
    }

    private static boolean validPath(String name) {
        try {
            return !new ModelId(name).value().isEmpty();
        } catch (IllegalArgumentException notAnId) {
            return false;
        }
    }

    /** Follows routes until only tiers, models and replicas are left. */
    private void expand(Target target, List<Target> plain, int depth) {
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
                expand(next, plain, depth + 1);
            }
        } else if (isModel(name)) {
            plain.add(new Target.Model(new ModelId(name)));
        } else if (isReplica(name)) {
            plain.add(new Target.Pinned(new ReplicaId(name)));
        } else {
            throw new UnknownModelException("nothing is called '" + name + "'. "
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
                Replica replica = catalogue.replica(id);
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

    private static Ask.Level level(List<Target> plain, Set<Replica> candidates) {
        if (plain.size() == 1 && plain.getFirst() instanceof Target.Pinned) {
            return Ask.Level.REPLICA;
        }
        boolean tier = plain.stream().anyMatch(Target.Tier.class::isInstance);
        long models = candidates.stream().map(Replica::model).distinct().count();
        return tier || models != 1 ? Ask.Level.TIER : Ask.Level.MODEL;
    }

    /** Replicas of the tiers above the asked one, up to the permitted. */
    private List<Replica> escalation(List<Target> plain, @Nullable ModelTier upTo) {
        if (upTo == null) {
            return List.of();
        }
        if (plain.size() != 1 || !(plain.getFirst() instanceof Target.Tier(ModelTier from, UseCase useCase))) {
            throw new InvalidRequestException(TierwayException.Details.of(
                    400, "invalid_request", "escalate_to needs an address of one tier, e.g. tier:mid/chat"));
        }
        List<Replica> higher = new ArrayList<>();
        for (ModelTier tier : ModelTier.values()) {
            if (tier.compareTo(from) > 0 && tier.compareTo(upTo) <= 0) {
                higher.addAll(catalogue.replicasServing(tier, useCase));
            }
        }
        return higher;
    }
}
