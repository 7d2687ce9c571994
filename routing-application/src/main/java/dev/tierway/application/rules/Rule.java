package dev.tierway.application.rules;

import java.util.List;
import java.util.Locale;

/**
 * What an operator decided about calls of a kind.
 *
 * @param id its name in decisions
 * @param when all must hold; empty: every call
 */
public record Rule(String id, List<Condition> when, Narrowing narrowing, Direction direction) {
    public Rule {
        when = List.copyOf(when);
    }

    /** What sort of rule it is, for people. */
    public enum Kind {
        CONDITIONAL,
        CONTENT_BASED,
        AB_TEST;

        public String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Kind kind() {
        if (direction instanceof Direction.Experiment) {
            return Kind.AB_TEST;
        }
        return when.stream().anyMatch(Condition.Content.class::isInstance) ? Kind.CONTENT_BASED : Kind.CONDITIONAL;
    }

    boolean appliesTo(RuleCase one) {
        // Text is looked at last: extracting it costs most.
        for (Condition condition : when) {
            if (!(condition instanceof Condition.Content) && !Matching.holds(condition, one)) {
                return false;
            }
        }
        for (Condition condition : when) {
            if (condition instanceof Condition.Content && !Matching.holds(condition, one)) {
                return false;
            }
        }
        return true;
    }
}
