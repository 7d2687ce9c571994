package dev.tierway.application.explain;

import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.Construct;
import dev.tierway.domain.routing.Change;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes one change with what it takes and what is now. */
final class ChangeWriter {
    private ChangeWriter() {}

    static void write(Change change, JsonWriter out) {
        out.beginObject();
        out.name("change").text(change.code());
        switch (change) {
            case Change.CircuitClosed(var scope, Long in) -> {
                out.name("scope").word(ReasonWriter.SCOPES[scope.ordinal()]);
                millis(in, out);
            }
            case Change.RampOver(long in) -> millis(in, out);
            case Change.CooldownOver(var scope, long in) -> {
                out.name("scope").word(ReasonWriter.SCOPES[scope.ordinal()]);
                millis(in, out);
            }
            case Change.SlotFree(int limit) -> out.name("limit").number(limit);
            case Change.QuotaRefilled(String limit, Long in) -> {
                out.name("limit").text(limit);
                millis(in, out);
            }
            case Change.RetryBudgetRefilled(String provider) ->
                out.name("provider").text(provider);
            case Change.ProbeHealthy(var now) -> out.name("now").text(now.id());
            case Change.PhaseActive(var from) -> out.name("now").text(from.id());
            case Change.RuleLifted(String rule) -> out.name("rule").text(rule);
            case Change.MarkWithdrawn(String by) -> out.name("by").text(by);
            case Change.OptionDropped(var option, var values) -> {
                out.name("option").text(option.name().toLowerCase(Locale.ROOT));
                ReasonWriter.texts("values", values, out);
            }
            case Change.NeedsDropped(var needs) ->
                ReasonWriter.texts("needs", needs.stream().map(Capability::id).toList(), out);
            case Change.ConstructsDropped(var dropped) ->
                ReasonWriter.texts(
                        "constructs", dropped.stream().map(Construct::words).toList(), out);
            case Change.SignaturesDropped(String domain) ->
                out.name("signature_domain").text(domain);
            case Change.UseCaseServed(var useCase) -> out.name("use_case").text(useCase.name());
            case Change.WindowAtLeast(long tokens, int now) -> bounds("tokens", tokens, now, 0, out);
            case Change.AttemptsPerModelAtLeast(int attempts, int now) -> bounds("attempts", attempts, now, 0, out);
            case Change.PriceAtMost(long nano, long now, boolean known) -> {
                bounds("usd", nano, now, 9, out);
                out.name("price_known").flag(known);
            }
            case Change.LatencyAtMost(long micros, long now) -> bounds("ms", micros, now, 3, out);
            case Change.SuccessAtLeast(long share, long now) -> bounds("success", share, now, 4, out);
            case Change.HeadroomAtLeast(long share, long now) -> bounds("headroom", share, now, 3, out);
            case Change.InFlightAtMost(int calls, int now) -> bounds("in_flight", calls, now, 0, out);
            case Change.PriorityAtMost(int priority, int now) -> bounds("priority", priority, now, 0, out);
            case Change.WeightAtLeast(double weight, double now) -> {
                out.name("weight").decimal(weight, 3);
                out.name("now").decimal(now, 3);
            }
            case Change.UsedLongestAgo used -> {}
            case Change.DeclaredFirst first -> {}
        }
        out.endObject();
    }

    private static void bounds(String name, long bound, long now, int places, JsonWriter out) {
        out.name(name).fixed(bound, places);
        out.name("now").fixed(now, places);
    }

    private static void millis(@Nullable Long nanos, JsonWriter out) {
        // Rounded up: a moment too early is too early.
        out.name("in_ms").number(nanos == null ? null : Long.valueOf(Math.max(0, Math.ceilDiv(nanos, 1_000_000L))));
    }
}
