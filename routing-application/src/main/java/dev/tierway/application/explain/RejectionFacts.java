package dev.tierway.application.explain;

import dev.tierway.domain.operator.OperatorAction;
import dev.tierway.domain.routing.Rejection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The facts that caused a rejection, by name. */
final class RejectionFacts {
    private RejectionFacts() {}

    static Map<String, @Nullable Object> of(Rejection rejection) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        switch (rejection) {
            case Rejection.UseCaseNotServed(var useCase) -> facts.put("use_case", useCase.name());
            case Rejection.MissingCapability(var missing) ->
                facts.put("missing", missing.stream().map(one -> one.id()).toList());
            case Rejection.ContextTooLong(long needed, Integer window) -> {
                facts.put("needed_tokens", needed);
                facts.put("window_tokens", window);
            }
            case Rejection.NotPortable(String domain) -> facts.put("signature_domain", domain);
            case Rejection.AlreadyLeft(int attempt, var failureClass) -> {
                facts.put("attempt", attempt);
                facts.put("class", failureClass == null ? null : failureClass.id());
            }
            case Rejection.ModelAttemptsSpent(int attempts) -> facts.put("attempts", attempts);
            case Rejection.InPhase(var phase, OperatorAction by) -> putOperator(by, facts);
            case Rejection.HeldBack(String rule) -> facts.put("rule", rule);
            case Rejection.WeightZero zero -> {}
            case Rejection.Excluded(String by) -> facts.put("by", by);
            case Rejection.NotInOnly only -> {}
            case Rejection.LocalRequired required -> {}
            case Rejection.LocalDisabled disabled -> {}
            case Rejection.MissingTag(var missing) -> facts.put("missing", missing);
            case Rejection.MissingRegion(String required) -> facts.put("required", required);
            case Rejection.KeyNotAllowed(String key) -> facts.put("model", key);
            case Rejection.PriceCap(double cap, Double expected) -> {
                facts.put("cap_usd", cap);
                facts.put("expected_usd", expected);
            }
            case Rejection.MarkedUnhealthy(OperatorAction by) -> putOperator(by, facts);
            case Rejection.BudgetExhausted(String descriptor) -> facts.put("limit", descriptor);
            case Rejection.AtCapacity(int inFlight, int limit) -> {
                facts.put("in_flight", inFlight);
                facts.put("limit", limit);
            }
            case Rejection.QuotaExhausted(String descriptor, Long until) -> facts.put("limit", descriptor);
            case Rejection.CoolingDown(long until, var scope) ->
                facts.put("scope", scope.name().toLowerCase(Locale.ROOT));
            case Rejection.RetryBudgetEmpty(String provider) -> facts.put("provider", provider);
            case Rejection.CircuitOpen(long until, var scope, var cause) -> {
                facts.put("scope", scope.name().toLowerCase(Locale.ROOT));
                facts.put("cause", cause.id());
            }
            case Rejection.Ramping(double share) -> facts.put("admitted_share", share);
            case Rejection.UnhealthyByProbe(long until, var found) -> facts.put("probe", found.id());
        }
        return facts;
    }

    /** Who took it out of service, and why; null if it is configured so. */
    private static void putOperator(@Nullable OperatorAction by, Map<String, @Nullable Object> facts) {
        facts.put("by", by == null ? null : by.author());
        facts.put("reason", by == null ? null : by.reason());
    }
}
