package dev.tierway.application.rules;

import dev.tierway.domain.catalogue.Strategy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The rules in force, and the general strategy where it is overridden; both may be switched while calls run. A call sees
 * them as they are at its start. Safe for many threads.
 */
public final class RoutingRules {
    private final AtomicReference<Settings> settings;

    /** What calls see together. */
    private record Settings(RuleSet rules, @Nullable Strategy strategy) {}

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
        settings = new AtomicReference<>(new Settings(new RuleSet(rules, Set.of()), null));
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
     * Switches a rule on or off, until the process ends or somebody switches it back.
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
            return new Settings(now.rules.switched(id, on), now.strategy);
        });
    }

    /** Replaces {@code routing.strategy}; what a call, a rule or a route says still goes before it. Null takes it back. */
    public void overrideStrategy(@Nullable Strategy strategy) {
        settings.updateAndGet(now -> new Settings(now.rules, strategy));
    }

    /** What replaces the general strategy; null: nothing. */
    public @Nullable Strategy strategyOverride() {
        return settings.get().strategy;
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
            return new Settings(new RuleSet(rules, off), now.strategy);
        });
    }

    /** The rules as they are now. */
    public RuleSet inForce() {
        return settings.get().rules;
    }
}
