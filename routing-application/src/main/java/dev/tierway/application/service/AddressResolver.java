package dev.tierway.application.service;

import dev.tierway.application.error.InvalidRequestException;
import dev.tierway.application.error.TierwayException;
import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.catalogue.Route;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.catalogue.UseCase;
import dev.tierway.domain.routing.Ask;
import dev.tierway.domain.routing.Ruling;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns an address into candidates. */
final class AddressResolver {
    private final Catalogue catalogue;
    private final TargetExpander expander;

    AddressResolver(Catalogue catalogue) {
        this(catalogue, Collections.emptySortedMap());
    }

    /** @param routesOff routes that are switched off, and whose order that is */
    AddressResolver(Catalogue catalogue, SortedMap<String, String> routesOff) {
        this.catalogue = catalogue;
        this.expander = new TargetExpander(catalogue, routesOff);
    }

    /** What an address came to; {@code route} is null if none was named. */
    record Resolved(Ask ask, @Nullable Route route) {}

    /**
     * @param escalateTo the caller's permission; null: none
     * @throws dev.tierway.application.error.UnknownModelException if nothing has that name
     */
    Resolved resolve(Target target, @Nullable ModelTier escalateTo) {
        TargetExpander.Expanded found = expander.expand(target);
        Ask ask = new Ask(
                target.address(),
                level(found),
                name(found.route()),
                useCase(found),
                found.candidates(),
                escalation(found, escalateTo),
                found.omitted(),
                null,
                found.weights());
        return new Resolved(ask, found.route());
    }

    /** The same call where a rule applies that sends it nowhere else. */
    Resolved staying(Resolved asked, String rule) {
        Ask ask = asked.ask();
        return new Resolved(
                new Ask(
                        ask.address(),
                        ask.level(),
                        ask.route(),
                        ask.useCase(),
                        ask.candidates(),
                        ask.escalation(),
                        ask.omitted(),
                        new Ruling(rule, null, Set.of()),
                        ask.weights()),
                asked.route());
    }

    /**
     * The same call where a rule sends it to another target.
     *
     * @param arm of the rule's experiment; null if it is none
     * @param fallback whether what was asked for may serve once the other target has nobody eligible
     */
    Resolved sent(
            Resolved asked,
            String rule,
            @Nullable String arm,
            Target to,
            boolean fallback,
            @Nullable ModelTier escalateTo) {
        TargetExpander.Expanded found = expander.expand(to);
        Set<Replica> candidates = new LinkedHashSet<>(found.candidates());
        if (fallback) {
            candidates.addAll(asked.ask().candidates());
        }
        Set<ReplicaId> preferred = candidates.size() == found.candidates().size()
                ? Set.of()
                : found.candidates().stream().map(Replica::id).collect(Collectors.toCollection(LinkedHashSet::new));
        Map<String, Integer> omitted = new LinkedHashMap<>(found.omitted());
        if (fallback) {
            asked.ask().omitted().forEach((code, count) -> omitted.merge(code, count, Integer::sum));
        }
        boolean oneTier = found.plain().size() == 1 && found.plain().getFirst() instanceof Target.Tier;
        Ask ask = new Ask(
                asked.ask().address(),
                // A rule pins nobody: health, phase and weight count.
                level(found) == Ask.Level.TIER ? Ask.Level.TIER : Ask.Level.MODEL,
                name(found.route()),
                stillServed(asked.ask().useCase(), found),
                List.copyOf(candidates),
                fallback ? asked.ask().escalation() : escalation(found, oneTier ? escalateTo : null),
                omitted,
                new Ruling(rule, arm, preferred),
                found.weights());
        return new Resolved(ask, found.route());
    }

    private @Nullable UseCase stillServed(@Nullable UseCase asked, TargetExpander.Expanded found) {
        UseCase own = useCase(found);
        if (own != null || asked == null) {
            return own;
        }
        boolean served = found.candidates().stream()
                .allMatch(replica -> catalogue.modelOf(replica).serves(asked));
        return served ? asked : null;
    }

    private static @Nullable String name(@Nullable Route route) {
        return route == null ? null : route.name();
    }

    private static @Nullable UseCase useCase(TargetExpander.Expanded found) {
        return found.plain().size() == 1 && found.plain().getFirst() instanceof Target.Tier(var tier, var asked)
                ? asked
                : null;
    }

    private static Ask.Level level(TargetExpander.Expanded found) {
        if (found.plain().size() == 1 && found.plain().getFirst() instanceof Target.Pinned && !found.unlisted()) {
            return Ask.Level.REPLICA;
        }
        boolean tier = found.plain().stream().anyMatch(Target.Tier.class::isInstance);
        long models = found.candidates().stream().map(Replica::model).distinct().count();
        return tier || models != 1 ? Ask.Level.TIER : Ask.Level.MODEL;
    }

    /** Replicas of the tiers above the asked one, up to the permitted. */
    private List<Replica> escalation(TargetExpander.Expanded found, @Nullable ModelTier upTo) {
        if (upTo == null) {
            return List.of();
        }
        if (found.plain().size() != 1
                || !(found.plain().getFirst() instanceof Target.Tier(ModelTier from, UseCase useCase))) {
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
