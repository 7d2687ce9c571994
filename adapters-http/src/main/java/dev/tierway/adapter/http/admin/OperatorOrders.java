package dev.tierway.adapter.http.admin;

import dev.tierway.adapter.http.server.HttpProblem;
import dev.tierway.application.port.in.OperatorCommand;
import dev.tierway.domain.agent.ExecutionLimits;
import dev.tierway.domain.operator.OperatorOrder;
import dev.tierway.domain.operator.OperatorOrder.Topic;
import dev.tierway.domain.operator.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads an operator's order from a body. A member nobody knows is an error: nothing an operator writes is passed over. */
final class OperatorOrders {
    private final Topic topic;
    private final String member;
    private final List<String> scopes;

    /**
     * @param topic of the order
     * @param member that says what is ordered
     */
    OperatorOrders(Topic topic, String member) {
        this.topic = topic;
        this.member = member;
        this.scopes = Stream.of(Scope.Level.values())
                .filter(level -> fits(topic, level))
                .map(Scope.Level::id)
                .toList();
    }

    private static boolean fits(Topic topic, Scope.Level level) {
        return switch (topic) {
            case PHASE, MARK, CIRCUIT -> level.ofReplicas();
            case RULE -> level == Scope.Level.RULE;
            case ROUTE -> level == Scope.Level.ROUTE;
            case STRATEGY -> false;
            case HOLD, RESET, LIMITS -> level.compareTo(Scope.Level.AGENT) >= 0;
        };
    }

    /**
     * @param door whom the admin port let in
     * @throws HttpProblem 400, naming what is wrong
     */
    OperatorCommand read(byte[] body, String door) {
        Members members = Members.read(body, known());
        return new OperatorCommand(
                scope(members), order(members), members.span("for"), members.text("reason"), members.author(door));
    }

    private List<String> known() {
        List<String> known = new ArrayList<>(scopes);
        if (topic != Topic.RESET) {
            known.add(member);
        }
        if (topic != Topic.CIRCUIT && topic != Topic.RESET) {
            known.add("for");
        }
        known.addAll(List.of("reason", "author"));
        return known;
    }

    private Scope scope(Members members) {
        if (scopes.isEmpty()) {
            return Scope.gateway();
        }
        List<String> named = scopes.size() == 1
                ? scopes
                : scopes.stream().filter(members::has).toList();
        if (named.size() != 1) {
            throw HttpProblem.invalid(
                    "Name exactly one of " + String.join(", ", scopes) + ", not "
                            + (named.isEmpty() ? "none" : String.join(" and ", named)) + ".",
                    null);
        }
        String level = named.getFirst();
        try {
            return new Scope(Scope.Level.parse(level), members.required(level));
        } catch (IllegalArgumentException notAnId) {
            throw HttpProblem.invalid(level + ": " + notAnId.getMessage(), level);
        }
    }

    private OperatorOrder order(Members members) {
        if (topic == Topic.RULE) {
            return new OperatorOrder.SwitchRule(members.flag(member));
        }
        if (topic == Topic.ROUTE) {
            return new OperatorOrder.SwitchRoute(members.flag(member));
        }
        if (topic == Topic.RESET) {
            return new OperatorOrder.Reset(null);
        }
        if (topic == Topic.LIMITS && members.isObject(member)) {
            return new OperatorOrder.SetLimits(limits(members.open(member)));
        }
        try {
            return OperatorOrder.parse(topic.id(), members.required(member));
        } catch (IllegalArgumentException unknown) {
            throw HttpProblem.invalid(member + ": " + unknown.getMessage(), member);
        }
    }

    private ExecutionLimits limits(Members named) {
        ExecutionLimits all = ExecutionLimits.NONE;
        for (String name : named.names()) {
            try {
                all = ExecutionLimits.of(name, named.plain(name)).or(all);
            } catch (IllegalArgumentException unknown) {
                throw HttpProblem.invalid(member + ": " + unknown.getMessage(), member);
            }
        }
        if (all.equals(ExecutionLimits.NONE)) {
            throw HttpProblem.invalid(member + ": name at least one limit, or write \"configured\".", member);
        }
        return all;
    }
}
