package dev.tierway.application.rules;

import dev.tierway.domain.catalogue.Strategy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The rules in force, and the general strategy where it is overridden; both may be switched while calls run, by the program
 * and by operators. A call sees them as they are at its start. Safe for many threads.
 */
public final class RoutingRules {
    private final AtomicReference<Settings> settings;
    private volatile SortedMap<String, String> routesOff = Collections.emptySortedMap();

    /**
     * What calls see together.
     *
     * @param rules as the program has switched them
     * @param strategy of the program
     * @param disabled ids operators have ordered off, also of rules there aren't
     * @param ordered operators' strategy
     * @param inForce what follows for calls
     */
    private record Settings(
            RuleSet rules,
            @Nullable Strategy strategy,
            Set<String> disabled,
            @Nullable Strategy ordered,
            RuleSet inForce) {
        private static Settings of(
                RuleSet rules, @Nullable Strategy strategy, Set<String> disabled, @Nullable Strategy ordered) {
            return new Settings(rules, strategy, disabled, ordered, rules.without(disabled));
        }

        private Settings with(RuleSet switched) {
            return of(switched, strategy, disabled, ordered);
        }
    }

    /**
     * How a rule stands.
     *
     * @param kind conditional | content-based | ab-test
     * @param arms labels; empty unless it is an experiment
     */
    public record Standing(String id, String kind, boolean enabled, List<String> arms) {
        public Standing {
            arms = List.copyOf(arms);
        }
    }

    public RoutingRules(List<Rule> rules) {
        settings = new AtomicReference<>(Settings.of(new RuleSet(rules, Set.of()), null, Set.of(), null));
    }

    /** Every rule in its order, switched off ones too. */
    public List<Standing> list() {
        RuleSet now = inForce();
        List<Standing> all = new ArrayList<>();
        for (Rule rule : now.rules()) {
            all.add(new Standing(
                    rule.id(),
                    rule.kind().id(),
                    !now.off().contains(rule.id()),
                    rule.direction() instanceof Direction.Experiment experiment
                            ? experiment.arms().stream()
                                    .map(Direction.Arm::label)
                                    .toList()
                            : List.of()));
        }
        return List.copyOf(all);
    }

    /**
     * Switches a rule on or off here, until the process ends or the program switches it back. A rule that an operator has
     * disabled stays off.
     *
     * @throws IllegalArgumentException if there is no such rule; names those there are
     */
    public void enable(String id, boolean on) {
        settings.updateAndGet(now -> {
            if (!now.rules.has(id)) {
                throw new IllegalArgumentException("there is no rule '" + id + "'; rules: "
                        + (now.rules.rules().isEmpty()
                                ? "none"
                                : String.join(
                                        ", ",
                                        now.rules.rules().stream().map(Rule::id).toList())));
            }
            return now.with(now.rules.switched(id, on));
        });
    }

    /**
     * Replaces {@code routing.strategy} here; what a call, a rule, a route or an operator says still goes before it. Null takes
     * it back.
     */
    public void overrideStrategy(@Nullable Strategy strategy) {
        settings.updateAndGet(now -> Settings.of(now.rules, strategy, now.disabled, now.ordered));
    }

    /** What replaces the general strategy; null: nothing. */
    public @Nullable Strategy strategyOverride() {
        Settings now = settings.get();
        return now.ordered != null ? now.ordered : now.strategy;
    }

    /**
     * Takes what operators have ordered, in place of what they had before: it goes before what the program switched.
     *
     * @param disabled rules that are off; those there aren't would be off if a reload brought them
     * @param strategy null: none is ordered
     */
    public void obey(Set<String> disabled, @Nullable Strategy strategy) {
        settings.updateAndGet(now -> now.disabled.equals(disabled) && Objects.equals(now.ordered, strategy)
                ? now
                : Settings.of(now.rules, now.strategy, Set.copyOf(disabled), strategy));
    }

    /**
     * Takes the routes that operators have ordered off, in place of those before.
     *
     * @param off names, those there aren't too; and whose order it is, in words
     */
    public void obeyRoutes(SortedMap<String, String> off) {
        routesOff = Collections.unmodifiableSortedMap(new TreeMap<>(off));
    }

    /** Routes that are off now, and whose order that is, in words. */
    public SortedMap<String, String> routesOff() {
        return routesOff;
    }

    /** Takes another configuration's rules; what was switched off stays so if it is still there. */
    public void swap(List<Rule> rules) {
        settings.updateAndGet(now -> {
            Set<String> off = new HashSet<>();
            for (Rule rule : rules) {
                if (now.rules.off().contains(rule.id())) {
                    off.add(rule.id());
                }
            }
            return now.with(new RuleSet(rules, off));
        });
    }

    /** The rules as they are now. */
    public RuleSet inForce() {
        return settings.get().inForce;
    }
}
