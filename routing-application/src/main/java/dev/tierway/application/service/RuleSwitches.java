package dev.tierway.application.service;

import dev.tierway.application.agents.AgentHolds;
import dev.tierway.application.rules.RoutingRules;
import dev.tierway.application.rules.Rule;
import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.operator.OperatorAction;
import dev.tierway.domain.operator.OperatorOrder;
import dev.tierway.domain.operator.Scope;
import dev.tierway.domain.routing.Strategies;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps the rules, the routes, the general strategy and the holds of agents as operators have ordered them. Safe for many threads. */
public final class RuleSwitches {
    private final RoutingRules rules;
    private final Strategies strategies;
    private final AgentHolds holds;
    private final ReentrantLock lock = new ReentrantLock();

    /**
     * @param strategies those that calls can be ranked with
     * @param holds of agents and workflows
     */
    public RuleSwitches(RoutingRules rules, Strategies strategies, AgentHolds holds) {
        this.rules = rules;
        this.strategies = strategies;
        this.holds = holds;
    }

    /** @param inForce asked while nobody else obeys, so that who comes last has the latest */
    void obey(Supplier<List<OperatorAction>> inForce) {
        lock.lock();
        try {
            Set<String> disabled = new HashSet<>();
            SortedMap<String, String> routesOff = new TreeMap<>();
            Strategy strategy = null;
            List<OperatorAction> actions = inForce.get();
            for (OperatorAction action : actions) {
                if (action.order() instanceof OperatorOrder.SwitchRule) {
                    disabled.add(action.scope().id());
                } else if (action.order() instanceof OperatorOrder.SwitchRoute) {
                    routesOff.put(action.scope().id(), words(action));
                } else if (action.order() instanceof OperatorOrder.UseStrategy(@Nullable Strategy ordered)
                        && ordered != null
                        && strategies.knows(ordered)) {
                    strategy = ordered;
                }
            }
            rules.obey(disabled, strategy);
            rules.obeyRoutes(routesOff);
            holds.obey(actions);
        } finally {
            lock.unlock();
        }
    }

    private static String words(OperatorAction disabling) {
        String reason = disabling.reason();
        return disabling.author() + " has disabled it" + (reason == null ? "" : " (" + reason + ")");
    }

    /** Why a lasting order has no effect on this instance; null if it has. */
    @Nullable
    String whyNotObeyed(Scope scope, OperatorOrder order, Catalogue catalogue) {
        if (!order.lasts()) {
            return null;
        }
        if (order instanceof OperatorOrder.SwitchRoute) {
            return catalogue.route(scope.id()) == null ? none(scope) : null;
        }
        if (order instanceof OperatorOrder.UseStrategy(@Nullable Strategy strategy)) {
            return strategy == null || strategies.knows(strategy) ? null : unknown(strategy);
        }
        return order instanceof OperatorOrder.SwitchRule && !has(scope.id()) ? none(scope) : null;
    }

    /** What an operator may not have expected of such an order. */
    List<String> warnings(Scope scope, OperatorOrder order, Catalogue catalogue) {
        if (order instanceof OperatorOrder.SwitchRoute) {
            return catalogue.route(scope.id()) == null ? List.of(none(scope) + " Nothing has changed.") : List.of();
        }
        if (order instanceof OperatorOrder.SwitchRule(boolean enabled)) {
            if (!has(scope.id())) {
                return List.of(none(scope) + " Nothing has changed.");
            }
            return enabled && rules.inForce().off().contains(scope.id())
                    ? List.of("Rule '" + scope.id() + "' stays off: the program has switched it off itself.")
                    : List.of();
        }
        if (order instanceof OperatorOrder.Hold) {
            String still = order.lasts() ? null : holds.wider(scope);
            return still == null ? List.of() : List.of("It stays held: " + still + ".");
        }
        if (order instanceof OperatorOrder.Reset || order instanceof OperatorOrder.SetLimits) {
            return List.of();
        }
        Strategy other = order.lasts() ? null : rules.strategyOverride();
        return other == null
                ? List.of()
                : List.of("The strategy is '" + other + "', not the configured one: the program has set it itself.");
    }

    /** @throws dev.tierway.application.error.InvalidRequestException naming those there are, if there is no such one */
    void requireKnown(Strategy strategy) {
        if (!strategies.knows(strategy)) {
            throw OperatorChecks.invalid("strategy: " + unknown(strategy));
        }
    }

    Stream<String> ruleIds() {
        return rules.inForce().rules().stream().map(Rule::id);
    }

    /** All rules, in a sentence. */
    String listed() {
        String ids = ruleIds().collect(Collectors.joining(", "));
        return ids.isEmpty() ? "No rules are configured." : "Rules are " + ids + ".";
    }

    private boolean has(String rule) {
        return ruleIds().anyMatch(rule::equals);
    }

    private static String none(Scope scope) {
        return "There is no " + scope + " here.";
    }

    private String unknown(Strategy strategy) {
        return "there is no strategy '" + strategy + "' here; strategies are " + strategies.names();
    }
}
