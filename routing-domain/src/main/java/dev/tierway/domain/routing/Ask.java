package dev.tierway.domain.routing;

import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.catalogue.UseCase;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for, after names were resolved.
 *
 * @param address as the caller wrote it
 * @param route the route the address named; null if none
 * @param useCase null when a model or replica was named
 * @param candidates every replica the call may reach without escalating, in declared (for a route: target) order
 * @param escalation replicas of the higher tier the caller permits; empty without permission
 * @param omitted replicas of the tier that can't be candidates at all, counted by the reason's code
 * @param ruling what a rule made of it; null if none held
 * @param weights what strategy {@code weighted} goes by; empty: the replicas' own weights
 */
public record Ask(
        String address,
        Level level,
        @Nullable String route,
        @Nullable UseCase useCase,
        List<Replica> candidates,
        List<Replica> escalation,
        Map<String, Integer> omitted,
        @Nullable Ruling ruling,
        Map<ReplicaId, Double> weights) {
    /** An ask that no rule changed, of targets without weights. */
    public Ask(
            String address,
            Level level,
            @Nullable String route,
            @Nullable UseCase useCase,
            List<Replica> candidates,
            List<Replica> escalation,
            Map<String, Integer> omitted) {
        this(address, level, route, useCase, candidates, escalation, omitted, null, Collections.emptyMap());
    }

    /** How much of the decision is Tierway's. */
    public enum Level {
        TIER,
        MODEL,
        REPLICA;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Ask {
        candidates = List.copyOf(candidates);
        escalation = List.copyOf(escalation);
        omitted = Collections.unmodifiableMap(new LinkedHashMap<>(omitted));
        weights =
                weights.isEmpty() ? Collections.emptyMap() : Collections.unmodifiableMap(new LinkedHashMap<>(weights));
        if (level == Level.REPLICA && candidates.size() != 1) {
            throw new IllegalArgumentException("a pinned call has exactly one candidate");
        }
    }

    /** A candidate's share of the traffic under strategy {@code weighted}. */
    public double weight(Replica replica) {
        Double given = weights.isEmpty() ? null : weights.get(replica.id());
        return given == null ? replica.weight() : given;
    }

    /** A pinned replica skips health, phase and weight; never the rest. */
    public boolean pinned() {
        return level == Level.REPLICA;
    }
}
