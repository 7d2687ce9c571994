package dev.tierway.application.rules;

import dev.tierway.application.rules.Direction.Arm;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rules in their order, some of them possibly switched off. Immutable.
 *
 * @param off ids of those that are switched off
 */
public record RuleSet(List<Rule> rules, Set<String> off) {
    public static final RuleSet EMPTY = new RuleSet(List.of(), Set.of());

    /** @throws IllegalArgumentException for two rules of one id */
    public RuleSet {
        rules = List.copyOf(rules);
        off = Collections.unmodifiableSet(new HashSet<>(off));
        Set<String> ids = new HashSet<>();
        for (Rule rule : rules) {
            if (!ids.add(rule.id())) {
                throw new IllegalArgumentException("two rules have the id '" + rule.id() + "'");
            }
        }
    }

    /**
     * The rule that applies to a call.
     *
     * @param arm of its experiment; null if it is none
     */
    public record Ruled(Rule rule, @Nullable Arm arm) {}

    /** The first that is on and applies; null if none does. A pinned call has none. */
    public @Nullable Ruled of(RuleCase one) {
        if (one.ask().pinned()) {
            return null;
        }
        for (Rule rule : rules) {
            if (!off.contains(rule.id()) && rule.appliesTo(one)) {
                return new Ruled(
                        rule,
                        rule.direction() instanceof Direction.Experiment experiment
                                ? Assignment.arm(rule.id(), experiment, one)
                                : null);
            }
        }
        return null;
    }

    boolean has(String id) {
        return rules.stream().anyMatch(rule -> rule.id().equals(id));
    }

    /** With those off as well that are among the ids. */
    RuleSet without(Set<String> ids) {
        Set<String> nowOff = new HashSet<>(off);
        rules.stream().map(Rule::id).filter(ids::contains).forEach(nowOff::add);
        return nowOff.equals(off) ? this : new RuleSet(rules, nowOff);
    }

    RuleSet switched(String id, boolean on) {
        Set<String> nowOff = new HashSet<>(off);
        boolean changed = on ? nowOff.remove(id) : nowOff.add(id);
        return changed ? new RuleSet(rules, nowOff) : this;
    }
}
