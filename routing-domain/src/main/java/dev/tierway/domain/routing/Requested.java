package dev.tierway.domain.routing;

import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.Construct;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.fleet.ReplicaView;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was asked for, with less demanded or more allowed. */
final class Requested {
    private Requested() {}

    static RequestFeatures without(Change.Option option, List<String> values, RequestFeatures old, ReplicaView view) {
        Constraints demanded = old.constraints();
        return under(
                switch (option) {
                    case EXCLUDE -> excluding(demanded, view);
                    case ONLY -> with(demanded, demanded.local(), demanded.exclude(), List.of(), demanded.tags());
                    case LOCAL ->
                        with(demanded, Constraints.Local.ALLOWED, demanded.exclude(), demanded.only(), demanded.tags());
                    case TAGS -> {
                        List<String> kept = new ArrayList<>(demanded.tags());
                        kept.removeAll(values);
                        yield with(demanded, demanded.local(), demanded.exclude(), demanded.only(), kept);
                    }
                    case REGION -> with(demanded, null, demanded.allowed(), demanded.maxCostUsd());
                    case KEY_ALLOWS -> with(demanded, demanded.region(), Allowed.ALL, demanded.maxCostUsd());
                    case MAX_COST_USD -> with(demanded, demanded.region(), demanded.allowed(), null);
                },
                old);
    }

    private static Constraints excluding(Constraints demanded, ReplicaView view) {
        List<String> kept = new ArrayList<>(demanded.exclude());
        kept.removeIf(id -> Demands.names(view, id));
        return with(demanded, demanded.local(), kept, demanded.only(), demanded.tags());
    }

    private static Constraints with(
            Constraints old, Constraints.Local local, List<String> exclude, List<String> only, List<String> tags) {
        return new Constraints(
                local, exclude, only, tags, old.region(), old.allowed(), old.maxCostUsd(), old.bounded());
    }

    private static Constraints with(
            Constraints old, @Nullable String region, Allowed allowed, @Nullable Double maxCostUsd) {
        return new Constraints(
                old.local(), old.exclude(), old.only(), old.tags(), region, allowed, maxCostUsd, old.bounded());
    }

    static RequestFeatures without(List<Capability> needs, RequestFeatures old) {
        Set<Capability> kept = EnumSet.noneOf(Capability.class);
        kept.addAll(old.needs());
        needs.forEach(kept::remove);
        return new RequestFeatures(
                old.ask(),
                old.stream(),
                old.tokens(),
                kept,
                old.constraints(),
                old.signatureDomain(),
                old.wording(),
                old.prefixes());
    }

    static RequestFeatures unsaid(List<Construct> dropped, RequestFeatures old) {
        Wording was = old.wording();
        Set<Construct> kept = EnumSet.noneOf(Construct.class);
        kept.addAll(was.uses());
        dropped.forEach(kept::remove);
        return new RequestFeatures(
                old.ask(),
                old.stream(),
                old.tokens(),
                old.needs(),
                old.constraints(),
                old.signatureDomain(),
                new Wording(was.format(), kept, was.lossless()),
                old.prefixes());
    }

    static RequestFeatures unsigned(RequestFeatures old) {
        return new RequestFeatures(
                old.ask(),
                old.stream(),
                old.tokens(),
                old.needs(),
                old.constraints(),
                null,
                old.wording(),
                old.prefixes());
    }

    /** Without what a rule makes of it; whom it left out altogether is no candidate. */
    static RequestFeatures unruled(RequestFeatures old) {
        return asking(old, null, old.ask().weights());
    }

    static RequestFeatures weighing(ReplicaId replica, double weight, RequestFeatures old) {
        Map<ReplicaId, Double> weights = new LinkedHashMap<>(old.ask().weights());
        weights.merge(replica, weight, Math::max);
        return asking(old, old.ask().ruling(), weights);
    }

    private static RequestFeatures asking(
            RequestFeatures old, @Nullable Ruling ruling, Map<ReplicaId, Double> weights) {
        Ask was = old.ask();
        Ask ask = new Ask(
                was.address(),
                was.level(),
                was.route(),
                was.useCase(),
                was.candidates(),
                was.escalation(),
                was.omitted(),
                ruling,
                weights);
        return new RequestFeatures(
                ask,
                old.stream(),
                old.tokens(),
                old.needs(),
                old.constraints(),
                old.signatureDomain(),
                old.wording(),
                old.prefixes());
    }

    private static RequestFeatures under(Constraints constraints, RequestFeatures old) {
        return new RequestFeatures(
                old.ask(),
                old.stream(),
                old.tokens(),
                old.needs(),
                constraints,
                old.signatureDomain(),
                old.wording(),
                old.prefixes());
    }

    static RoutingPolicy attemptsPerModel(int attempts, RoutingPolicy old) {
        var spillover = old.spillover();
        return old.ofCall(
                old.strategy(),
                old.weights(),
                old.latencyValueUsdPerSecond(),
                new RoutingPolicy.Spillover(
                        spillover.attempts(),
                        attempts,
                        spillover.retryBudgetShare(),
                        spillover.retryBudgetMinimum(),
                        spillover.onContentPolicy(),
                        spillover.retryWindow()),
                old.timeouts());
    }

    /** As if its quota had not denied this call. */
    static Situation allowed(ReplicaId replica, Situation old) {
        RoutingProgress was = old.progress();
        RoutingProgress progress = new RoutingProgress(
                was.sent(),
                was.left(),
                was.denied().stream()
                        .filter(one -> !one.replica().equals(replica))
                        .toList(),
                was.model(),
                was.lastProvider(),
                was.shaken(),
                was.windowAbove(),
                was.repeating(),
                was.escalating(),
                was.lastAttempt(),
                was.mayResort(),
                was.parkLimitNanos());
        return new Situation(old.features(), old.policy(), progress, old.gatewayRetries(), old.nowNanos(), old.seed());
    }
}
