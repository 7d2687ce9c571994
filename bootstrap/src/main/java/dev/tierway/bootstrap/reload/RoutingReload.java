package dev.tierway.bootstrap.reload;

import dev.tierway.GatewayConfig;
import dev.tierway.application.limits.LimitsInForce;
import dev.tierway.application.rules.Direction;
import dev.tierway.application.rules.Experiments;
import dev.tierway.application.rules.RoutingRules;
import dev.tierway.application.rules.Rule;
import java.util.ArrayList;
import java.util.List;

/** Rules and callers' limits. What was switched stays switched, what is used stays used; an experiment that was changed starts again. */
public final class RoutingReload implements Reloadable {
    private final RoutingRules rules;
    private final LimitsInForce limits;
    private final Experiments experiments;

    public RoutingReload(RoutingRules rules, LimitsInForce limits, Experiments experiments) {
        this.rules = rules;
        this.limits = limits;
        this.experiments = experiments;
    }

    @Override
    public Change prepare(GatewayConfig now, GatewayConfig next) {
        List<String> changed = changedExperiments(now.rules(), next.rules());
        return new Change() {
            @Override
            public void commit() {
                rules.swap(next.rules());
                limits.swap(next.budgets());
                changed.forEach(experiments::restart);
            }
        };
    }

    private static List<String> changedExperiments(List<Rule> now, List<Rule> next) {
        List<String> changed = new ArrayList<>();
        for (Rule rule : now) {
            boolean same = next.stream()
                    .anyMatch(other ->
                            other.id().equals(rule.id()) && other.direction().equals(rule.direction()));
            if (rule.direction() instanceof Direction.Experiment && !same) {
                changed.add(rule.id());
            }
        }
        return changed;
    }
}
