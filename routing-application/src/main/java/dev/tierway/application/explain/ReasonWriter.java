package dev.tierway.application.explain;

import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.Construct;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.operator.OperatorAction;
import dev.tierway.domain.routing.Rejection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a rejection with the facts that caused it. */
final class ReasonWriter {
    private static final int NANO_PLACES = 9;
    private static final int SHARE_PLACES = 4;
    static final Word[] SCOPES = Word.of(Failure.Scope.values());

    private ReasonWriter() {}

    static void write(Rejection rejection, long atNanos, JsonWriter out) {
        out.beginObject();
        out.name(Names.CODE).text(rejection.code());
        out.name(Names.KIND).text(rejection.kind().id());
        facts(rejection, out);
        Long until = rejection.untilNanos();
        if (until != null) {
            out.name(Names.UNTIL_MS).number(Math.max(0, (until - atNanos) / 1_000_000));
        }
        out.endObject();
    }

    private static void facts(Rejection rejection, JsonWriter out) {
        switch (rejection) {
            case Rejection.UseCaseNotServed(var useCase) -> out.name("use_case").text(useCase.name());
            case Rejection.MissingCapability(var missing) ->
                texts("missing", missing.stream().map(Capability::id).toList(), out);
            case Rejection.ContextTooLong(long needed, Integer window) -> {
                out.name("needed_tokens").number(needed);
                out.name("window_tokens").number(window);
            }
            case Rejection.NotExpressible(var lost) ->
                texts("lost", lost.stream().map(Construct::words).toList(), out);
            case Rejection.NotPortable(String domain) ->
                out.name("signature_domain").text(domain);
            case Rejection.AlreadyLeft(int attempt, var failureClass) -> {
                out.name("attempt").number(attempt);
                out.name("class").text(failureClass == null ? null : failureClass.id());
            }
            case Rejection.ModelAttemptsSpent(int attempts) ->
                out.name("attempts").number(attempts);
            case Rejection.InPhase(var phase, OperatorAction by) -> operator(by, out);
            case Rejection.HeldBack(String rule) -> out.name("rule").text(rule);
            case Rejection.WeightZero zero -> {}
            case Rejection.Excluded(String by) -> out.name("by").text(by);
            case Rejection.NotInOnly only -> {}
            case Rejection.LocalRequired required -> {}
            case Rejection.LocalDisabled disabled -> {}
            case Rejection.MissingTag(var missing) -> texts("missing", missing, out);
            case Rejection.MissingRegion(String required) ->
                out.name("required").text(required);
            case Rejection.KeyNotAllowed(String key) -> out.name("model").text(key);
            case Rejection.PriceCap(double cap, Double expected) -> {
                out.name("cap_usd").decimal(cap, NANO_PLACES);
                out.name("expected_usd").decimal(expected, NANO_PLACES);
            }
            case Rejection.MarkedUnhealthy(OperatorAction by) -> operator(by, out);
            case Rejection.CostUnknown(boolean price, boolean output) -> {
                out.name("price_unknown").flag(price);
                out.name("output_unbounded").flag(output);
            }
            case Rejection.BudgetExhausted(String descriptor) ->
                out.name("limit").text(descriptor);
            case Rejection.AtCapacity(int inFlight, int limit) -> {
                out.name("in_flight").number(inFlight);
                out.name("limit").number(limit);
            }
            case Rejection.QuotaExhausted(String descriptor, Long until) ->
                out.name("limit").text(descriptor);
            case Rejection.CoolingDown(long until, var scope) ->
                out.name("scope").word(SCOPES[scope.ordinal()]);
            case Rejection.RetryBudgetEmpty(String provider) ->
                out.name("provider").text(provider);
            case Rejection.CircuitOpen(long until, var scope, var cause) -> {
                out.name("scope").word(SCOPES[scope.ordinal()]);
                out.name("cause").text(cause.id());
            }
            case Rejection.Ramping(double share) -> out.name("admitted_share").decimal(share, SHARE_PLACES);
            case Rejection.UnhealthyByProbe(long until, var found) ->
                out.name("probe").text(found.id());
        }
    }

    /** Who took it out of service, and why; null if it is configured so. */
    private static void operator(@Nullable OperatorAction by, JsonWriter out) {
        out.name("by").text(by == null ? null : by.author());
        out.name("reason").text(by == null ? null : by.reason());
    }

    static void texts(String name, List<String> values, JsonWriter out) {
        out.name(name).beginArray();
        values.forEach(out::text);
        out.endArray();
    }
}
