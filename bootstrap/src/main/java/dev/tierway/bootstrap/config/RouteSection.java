package dev.tierway.bootstrap.config;

import dev.tierway.RouteConfig;
import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.catalogue.Timeouts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands under a name in {@code routes}; the name itself is put in by {@link RootSection}. */
final class RouteSection {
    static final ScalarShape<Strategy> STRATEGY_NAME = Scalars.name("a strategy such as adaptive", Strategy::named);
    static final ScalarShape<String> TARGET = new ScalarShape<>(
            "a target such as tier:mid/code, or the name of a model, replica or route",
            Scalars.TEXT.accepts(),
            Scalars.TEXT.schema(),
            Scalars.TEXT.parse());

    static final Key<String> TARGET_TO = Key.required("to", TARGET, "A tier, model, replica or route.");
    static final Key<Integer> WEIGHT = Key.optional(
            "weight",
            Quantities.smallCount(1, 1_000_000),
            "Its share of the traffic under strategy `weighted`, spread over its replicas as their own weights are."
                    + " Either every target of a route has one, or none.");

    /** A target, with its weight if it has one. */
    record Weighted(String to, @Nullable Integer weight) {}

    private static final ShortForm<String, Weighted> WEIGHTED_TARGET = new ShortForm<>(
            TARGET,
            to -> new Weighted(to, null),
            Section.of(
                    "target",
                    "One of a route's targets. Without a weight it may be written as its address alone.",
                    List.of(TARGET_TO, WEIGHT),
                    v -> new Weighted(v.value(TARGET_TO), v.get(WEIGHT))));

    static final Key<String> TO = Key.optional("to", TARGET, "The one target: a tier, model, replica or route.");
    static final Key<List<Weighted>> TARGETS = Key.optional(
            "targets", new ListShape<>(WEIGHTED_TARGET, "a list of targets", 1), "Several, in order of preference.");
    static final Key<Strategy> STRATEGY = Key.optional("strategy", STRATEGY_NAME, "How its candidates are ranked.")
            .absentMeans("as `routing.strategy`");
    static final Key<BigDecimal> LATENCY_VALUE = Key.optional(
                    "latency-value",
                    Quantities.amount("dollars per second"),
                    "What a second of waiting for it is worth.")
            .absentMeans("as `routing.latency-value`");
    static final Key<Timeouts.Override> TIMEOUTS =
            Key.optional("timeouts", TimeoutsSection.OF_CALL, "Clocks of calls to it, before all others.");
    static final Key<Boolean> SPILLOVER = Key.optional(
                    "spillover", Scalars.TRUE_OR_FALSE, "`false`: one attempt, no spillover.")
            .absentMeans("true");

    static final Section<RouteConfig> SECTION = Section.of(
                    "route",
                    "A name clients send as `model`. A target alone may be written without the set of keys: `fast:"
                            + " tier:micro/chat`.",
                    List.of(TO, TARGETS, STRATEGY, LATENCY_VALUE, TIMEOUTS, SPILLOVER),
                    RouteSection::route)
            .oneOf(true, TO, TARGETS);

    static final ShortForm<String, RouteConfig> SHAPE =
            new ShortForm<>(TARGET, target -> named("", List.of(target)), SECTION);

    private RouteSection() {}

    private static RouteConfig route(Values v) {
        String to = v.get(TO);
        BigDecimal latencyValue = v.get(LATENCY_VALUE);
        List<Weighted> targets = to == null ? v.get(TARGETS, List.of()) : List.of(new Weighted(to, null));
        return new RouteConfig(
                "",
                targets.stream().map(Weighted::to).toList(),
                weights(targets, v.get(STRATEGY)),
                v.get(STRATEGY),
                v.get(TIMEOUTS, Timeouts.Override.NONE),
                latencyValue == null ? null : latencyValue.doubleValue(),
                v.get(SPILLOVER));
    }

    private static List<Integer> weights(List<Weighted> targets, @Nullable Strategy strategy) {
        List<Integer> weights = new ArrayList<>();
        for (Weighted target : targets) {
            Integer weight = target.weight();
            if (weight != null) {
                weights.add(weight);
            }
        }
        if (!weights.isEmpty() && weights.size() < targets.size()) {
            throw new Unfit("some of its targets have a weight, others don't", "give each of them a weight");
        }
        if (!weights.isEmpty() && (strategy == null || !strategy.id().equals("weighted"))) {
            throw new Unfit("only strategy weighted goes by the targets' weights", "add strategy: weighted");
        }
        return weights;
    }

    private static RouteConfig named(String name, List<String> targets) {
        return new RouteConfig(name, targets, List.of(), null, Timeouts.Override.NONE, null, null);
    }

    static RouteConfig withName(String name, RouteConfig route) {
        return new RouteConfig(
                name,
                route.targets(),
                route.weights(),
                route.strategy(),
                route.timeouts(),
                route.latencyValueUsdPerSecond(),
                route.spillover());
    }
}
