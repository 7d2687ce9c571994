package dev.tierway.bootstrap.config;

import dev.tierway.application.port.in.CallOptions.Optimize;
import dev.tierway.application.rules.Condition;
import dev.tierway.application.rules.Direction;
import dev.tierway.application.rules.Narrowing;
import dev.tierway.application.rules.Rule;
import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.routing.Constraints;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code rules[]}. */
final class RuleSection {
    private static final ScalarShape<String> AN_ID = new ScalarShape<>(
            "the id of a replica, model or provider",
            Scalars.TEXT.accepts(),
            Scalars.TEXT.schema(),
            Scalars.TEXT.parse());

    static final Key<List<String>> REQUIRED_TAGS =
            Key.optional("tags", new OneOrMany<>(Scalars.TEXT), "The replica has all of these tags.");
    static final Key<List<Capability>> REQUIRED_CAPABILITIES = Key.optional(
            "capabilities",
            new OneOrMany<>(Scalars.choice("capability", List.of(Capability.values()), Capability::id)),
            "The model has all of these.");
    static final Key<String> REQUIRED_REGION = Key.optional("region", Scalars.TEXT, "The replica runs there.");

    /** What {@code require} says. */
    record Required(
            List<String> tags,
            List<Capability> capabilities,
            @Nullable String region) {
        static final Required NOTHING = new Required(List.of(), List.of(), null);
    }

    static final Section<Required> REQUIRE_SECTION = Section.of(
            "require",
            "What a replica must have, on top of what the caller requires.",
            List.of(REQUIRED_TAGS, REQUIRED_CAPABILITIES, REQUIRED_REGION),
            v -> new Required(
                    v.get(REQUIRED_TAGS, List.of()), v.get(REQUIRED_CAPABILITIES, List.of()), v.get(REQUIRED_REGION)));

    static final Key<String> ID = Key.required(
            "id", Scalars.name("a rule's id", RuleSection::label), "Its name in decisions, logs and metrics.");
    static final Key<List<Condition>> WHEN = Key.optional("when", WhenSection.SECTION, "What must hold of a call.")
            .absentMeans("every call");
    /** Read at once, so that what is wrong with a tier's address is told at its place. */
    static final ScalarShape<Target> TARGET = new ScalarShape<>(
            RouteSection.TARGET.phrase(),
            RouteSection.TARGET.accepts(),
            RouteSection.TARGET.schema(),
            text -> Target.parse(RouteSection.TARGET.parse().apply(text)));

    static final Key<Target> TO = Key.optional(
            "to", TARGET, "Send it there instead: a tier, model, replica or route, with the route's settings.");
    static final Key<Direction> AB_TEST =
            Key.optional("ab-test", AbTestSection.SECTION, "Send it to one of several, and compare them.");
    static final Key<Required> REQUIRE =
            Key.optional("require", REQUIRE_SECTION, "What a replica must have to serve it.");
    static final Key<Constraints.Local> LOCAL = Key.optional(
            "local",
            Scalars.choice(
                    "word on local replicas",
                    List.of(Constraints.Local.REQUIRED, Constraints.Local.DISABLED),
                    local -> local.name().toLowerCase(Locale.ROOT)),
            "`required`: local replicas only; `disabled`: none of them.");
    static final Key<List<String>> ONLY =
            Key.optional("only", new OneOrMany<>(AN_ID), "These replicas, models or providers alone may serve it.");
    static final Key<List<String>> EXCLUDE =
            Key.optional("exclude", new OneOrMany<>(AN_ID), "These replicas, models or providers must not serve it.");
    static final Key<BigDecimal> MAX_COST_USD = Key.optional(
            "max-cost-usd", Quantities.amount("an amount in dollars"), "Most an attempt may be expected to cost.");
    static final Key<Strategy> STRATEGY = Key.optional(
            "strategy",
            RouteSection.STRATEGY_NAME,
            "How its candidates are ranked; the call's own option goes before it.");
    static final Key<Optimize> OPTIMIZE = Key.optional(
            "optimize",
            RoutingSection.OPTIMIZE.shape(),
            "As `routing.optimize`; the call's own option goes before it.");

    static final Section<Rule> SECTION = Section.of(
                    "rule",
                    "What is decided about calls by what they are, once the name they were addressed to is resolved."
                        + " The first rule that holds applies, alone. A rule may narrow what a call can reach or send"
                        + " it elsewhere; it never lets a key use more than it may, and never touches a call of a"
                        + " replica.",
                    List.of(ID, WHEN, TO, AB_TEST, REQUIRE, LOCAL, ONLY, EXCLUDE, MAX_COST_USD, STRATEGY, OPTIMIZE),
                    RuleSection::rule)
            .oneOf(false, TO, AB_TEST);

    private RuleSection() {}

    private static Rule rule(Values v) {
        if (List.of(TO, AB_TEST, REQUIRE, LOCAL, ONLY, EXCLUDE, MAX_COST_USD, STRATEGY, OPTIMIZE).stream()
                .noneMatch(v::has)) {
            throw new Unfit("the rule does nothing", "say what it does, e.g. to: tier:mid/chat");
        }
        Required required = v.get(REQUIRE, Required.NOTHING);
        BigDecimal cap = v.get(MAX_COST_USD);
        Target to = v.get(TO);
        return new Rule(
                v.value(ID),
                v.get(WHEN, List.of()),
                new Narrowing(
                        required.tags(),
                        required.capabilities(),
                        required.region(),
                        v.get(LOCAL, Constraints.Local.ALLOWED),
                        v.get(ONLY, List.of()),
                        v.get(EXCLUDE, List.of()),
                        cap == null ? null : cap.doubleValue(),
                        v.get(STRATEGY),
                        v.get(OPTIMIZE)),
                v.get(AB_TEST, to == null ? new Direction.Stay() : new Direction.Redirect(to)));
    }

    /** Shown in headers and as a metric's label. */
    static String label(String text) {
        if (!text.matches("[a-z0-9][a-z0-9._-]{0,199}")) {
            throw new Unfit("'" + text + "' is not a valid id", "use a-z 0-9 . _ -, starting with a letter or digit");
        }
        return text;
    }
}
