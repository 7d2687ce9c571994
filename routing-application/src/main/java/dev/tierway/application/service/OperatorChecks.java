package dev.tierway.application.service;

import dev.tierway.application.error.InvalidRequestException;
import dev.tierway.application.error.TierwayException.Details;
import dev.tierway.application.port.in.OperatorCommand;
import dev.tierway.domain.agent.ExecutionLimits;
import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.LogicalModel;
import dev.tierway.domain.catalogue.Provider;
import dev.tierway.domain.catalogue.QuotaDomain;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.Route;
import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.operator.OperatorOrder;
import dev.tierway.domain.operator.Scope;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What must be right about an operator's order before it is stored. */
final class OperatorChecks {
    private static final Duration LONGEST = Duration.ofDays(3650);
    private static final int LONGEST_REASON = 500;
    private static final int LONGEST_AUTHOR = 100;

    private OperatorChecks() {}

    /**
     * @param operated what orders were given about before: they can be taken back though it is gone
     * @throws InvalidRequestException saying what to do
     */
    static void require(OperatorCommand command, Catalogue catalogue, RuleSwitches switches, List<Scope> operated) {
        requireText("author", command.author(), LONGEST_AUTHOR);
        if (command.author().isBlank()) {
            throw invalid("author: say who orders this");
        }
        requireText("reason", command.reason(), LONGEST_REASON);
        requireEnd(command.order(), command.lasting());
        Scope scope = command.scope();
        requireFitting(command.order(), scope);
        if (!operated.contains(scope) && known(scope, catalogue, switches).noneMatch(id -> id.equals(scope.id()))) {
            throw invalid("There is no " + scope + ". "
                    + Suggestions.nearest(scope.id(), known(scope, catalogue, switches))
                    + listed(scope.level(), catalogue, switches));
        }
        if (command.order() instanceof OperatorOrder.UseStrategy(@Nullable Strategy strategy) && strategy != null) {
            switches.requireKnown(strategy);
        }
    }

    private static String listed(Scope.Level level, Catalogue catalogue, RuleSwitches switches) {
        return switch (level) {
            case RULE -> switches.listed();
            case ROUTE ->
                catalogue.routes().isEmpty()
                        ? "No routes are configured."
                        : "Routes are "
                                + catalogue.routes().stream().map(Route::name).collect(Collectors.joining(", ")) + ".";
            case REPLICA, MODEL, QUOTA_DOMAIN, PROVIDER, AGENT, WORKFLOW, GATEWAY ->
                "GET /admin/fleet lists what there is.";
        };
    }

    private static void requireFitting(OperatorOrder order, Scope scope) {
        boolean fits = switch (order) {
            case OperatorOrder.SetPhase phase -> scope.level().ofReplicas();
            case OperatorOrder.Mark mark -> scope.level().ofReplicas();
            case OperatorOrder.ResetCircuit reset -> scope.level().ofReplicas();
            case OperatorOrder.SwitchRule rule -> scope.level() == Scope.Level.RULE;
            case OperatorOrder.SwitchRoute route -> scope.level() == Scope.Level.ROUTE;
            case OperatorOrder.UseStrategy strategy -> scope.level() == Scope.Level.GATEWAY;
            case OperatorOrder.Hold hold -> scope.level().compareTo(Scope.Level.AGENT) >= 0;
            case OperatorOrder.Reset reset -> scope.level().compareTo(Scope.Level.AGENT) >= 0;
            case OperatorOrder.SetLimits limits -> scope.level().compareTo(Scope.Level.AGENT) >= 0;
        };
        if (order instanceof OperatorOrder.SetLimits(@Nullable ExecutionLimits limits)
                && limits != null
                && limits.elapsed() != null
                && scope.level() == Scope.Level.GATEWAY) {
            throw invalid("elapsed is of agents and workflows: the gateway has no first call");
        }
        if (!fits) {
            throw invalid("'" + order.topic().id() + "' can't be ordered of a "
                    + scope.level().words());
        }
    }

    private static void requireEnd(OperatorOrder order, @Nullable Duration lasting) {
        if (lasting == null) {
            return;
        }
        if (!order.lasts() || order instanceof OperatorOrder.Reset) {
            throw invalid("for: this is done at once and doesn't last; leave it out");
        }
        if (lasting.isNegative() || lasting.isZero() || lasting.compareTo(LONGEST) > 0) {
            throw invalid("for: must be more than 0 and at most " + LONGEST.toDays() + "d");
        }
    }

    private static void requireText(String name, @Nullable String text, int longest) {
        if (text == null) {
            return;
        }
        if (text.length() > longest) {
            throw invalid(name + ": at most " + longest + " characters, not " + text.length());
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw invalid(name + ": one line of text, without control characters");
        }
    }

    private static Stream<String> known(Scope scope, Catalogue catalogue, RuleSwitches switches) {
        return switch (scope.level()) {
            case REPLICA -> catalogue.replicas().stream().map(Replica::id).map(Object::toString);
            case MODEL -> catalogue.models().stream().map(LogicalModel::id).map(Object::toString);
            case QUOTA_DOMAIN ->
                catalogue.quotaDomains().stream().map(QuotaDomain::id).map(Object::toString);
            case PROVIDER -> catalogue.providers().stream().map(Provider::id).map(Object::toString);
            case RULE -> switches.ruleIds();
            case ROUTE -> catalogue.routes().stream().map(Route::name);
            case AGENT, WORKFLOW, GATEWAY -> Stream.of(scope.id());
        };
    }

    static InvalidRequestException invalid(String message) {
        return new InvalidRequestException(Details.of(400, "invalid_request", message));
    }
}
