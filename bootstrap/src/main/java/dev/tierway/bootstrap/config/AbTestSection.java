package dev.tierway.bootstrap.config;

import dev.tierway.application.rules.Direction;
import dev.tierway.domain.catalogue.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code rules[].ab-test}. */
final class AbTestSection {
    static final Key<Direction.StickyBy> STICKY_BY = Key.optional(
                    "sticky-by",
                    Scalars.choice("what sticks", List.of(Direction.StickyBy.values()), Direction.StickyBy::id),
                    "What keeps its arm. A call that doesn't carry it is assigned by itself, as with `request`.")
            .or("user");
    static final Key<Boolean> FALLBACK = Key.optional(
                    "fallback",
                    Scalars.TRUE_OR_FALSE,
                    "Whether a call may spill to what it was addressed to once its arm has nobody eligible left. Such"
                            + " a call stays out of the read-out.")
            .or("true");

    static final Key<Target> TO =
            Key.required("to", RuleSection.TARGET, "Where its calls go: a tier, model, replica or route.");
    static final Key<Integer> WEIGHT = Key.optional(
                    "weight", Quantities.smallCount(0, 1_000_000), "Its share of the calls, beside the other arms'.")
            .or("1");

    /** An arm without its label. */
    record Side(Target to, int weight) {}

    static final Section<Side> ARM = Section.of(
            "arm", "One side of an experiment.", List.of(TO, WEIGHT), v -> new Side(v.value(TO), v.value(WEIGHT)));

    static final Key<Map<String, Side>> ARMS = Key.required(
            "arms",
            new MapShape<>(Scalars.name("an arm's label", RuleSection::label), ARM, "a set of arms by label"),
            "Two or more, by label. Labels are shown in decisions, logs, metrics and the header `x-tierway-arm`.");

    static final Section<Direction> SECTION = Section.of(
            "ab-test",
            "An experiment: every call goes to one of its arms, always the same for the same caller.",
            List.of(STICKY_BY, FALLBACK, ARMS),
            AbTestSection::experiment);

    private AbTestSection() {}

    private static Direction experiment(Values v) {
        List<Direction.Arm> arms = new ArrayList<>();
        v.value(ARMS).forEach((label, side) -> arms.add(new Direction.Arm(label, side.to(), side.weight())));
        if (arms.size() < 2) {
            throw new Unfit("has fewer than two arms", "add another, or write `to` instead of ab-test");
        }
        return new Direction.Experiment(v.value(STICKY_BY), arms, v.value(FALLBACK));
    }
}
