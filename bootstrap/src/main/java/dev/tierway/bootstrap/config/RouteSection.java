package dev.tierway.bootstrap.config;

import dev.tierway.RouteConfig;
import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.catalogue.Timeouts;
import java.util.List;

/** What stands under a name in {@code routes}; the name itself is put in by {@link RootSection}. */
final class RouteSection {
    static final ScalarShape<Strategy> STRATEGY_NAME = Scalars.choice("strategy", Strategy.BUILT_IN, Strategy::id);
    private static final ScalarShape<String> TARGET = new ScalarShape<>(
            "a target such as tier:mid/code, or the name of a model, replica or route",
            Scalars.TEXT.accepts(),
            Scalars.TEXT.schema(),
            Scalars.TEXT.parse());

    static final Key<String> TO = Key.optional("to", TARGET, "The one target: a tier, model, replica or route.");
    static final Key<List<String>> TARGETS = Key.optional(
            "targets", new ListShape<>(TARGET, "a list of targets", 1), "Several, in order of preference.");
    static final Key<Strategy> STRATEGY = Key.optional("strategy", STRATEGY_NAME, "How its candidates are ranked.")
            .absentMeans("as `routing.strategy`");
    static final Key<Timeouts.Override> TIMEOUTS =
            Key.optional("timeouts", TimeoutsSection.OF_CALL, "Clocks of calls to it, before all others.");
    static final Key<Boolean> SPILLOVER = Key.optional(
                    "spillover", Scalars.TRUE_OR_FALSE, "`false`: one attempt, no spillover.")
            .absentMeans("true");

    static final Section<RouteConfig> SECTION = Section.of(
                    "route",
                    "A name clients send as `model`. A target alone may be written without the set of keys: `fast:"
                            + " tier:micro/chat`.",
                    List.of(TO, TARGETS, STRATEGY, TIMEOUTS, SPILLOVER),
                    RouteSection::route)
            .oneOf(true, TO, TARGETS);

    static final ShortForm<String, RouteConfig> SHAPE =
            new ShortForm<>(TARGET, target -> named("", List.of(target)), SECTION);

    private RouteSection() {}

    private static RouteConfig route(Values v) {
        String to = v.get(TO);
        return new RouteConfig(
                "",
                to == null ? v.get(TARGETS, List.of()) : List.of(to),
                v.get(STRATEGY),
                v.get(TIMEOUTS, Timeouts.Override.NONE),
                v.get(SPILLOVER));
    }

    private static RouteConfig named(String name, List<String> targets) {
        return new RouteConfig(name, targets, null, Timeouts.Override.NONE, null);
    }

    static RouteConfig withName(String name, RouteConfig route) {
        return new RouteConfig(name, route.targets(), route.strategy(), route.timeouts(), route.spillover());
    }
}
