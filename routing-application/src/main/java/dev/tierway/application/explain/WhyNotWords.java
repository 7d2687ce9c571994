package dev.tierway.application.explain;

import dev.tierway.domain.call.Selection;
import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.Construct;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.routing.Change;
import dev.tierway.domain.routing.Choice;
import dev.tierway.domain.routing.DecidedBy;
import dev.tierway.domain.routing.Rejection;
import dev.tierway.domain.routing.WhyNot;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Words for people about what would have to be different. */
final class WhyNotWords {
    private static final int DIGITS = 3;

    private WhyNotWords() {}

    static String summary(String replica, @Nullable WhyNot answer, Selection selection) {
        if (answer == null) {
            return replica + " is no candidate for "
                    + selection.features().ask().address() + ": it isn't of what was asked for, or doesn't exist";
        }
        if (answer.chosen()) {
            return replica + " is the chosen one";
        }
        if (answer.first()) {
            String instead = selection.rounds().getFirst().choice() instanceof Choice.Chosen chosen
                    ? RoundWriter.id(chosen.replica()) + " was chosen: " + DecisionExplainer.because(chosen.because())
                    : "nobody was chosen";
            return replica + " is first as things are; " + instead;
        }
        if (!answer.fixed().isEmpty()) {
            return replica + " can't be first in this call: "
                    + String.join(
                            ", ", answer.fixed().stream().map(Rejection::code).toList());
        }
        if (answer.changes().isEmpty()) {
            return "nothing that could be different about " + replica + " would put it first" + against(answer);
        }
        List<String> sets = new ArrayList<>();
        sets.add(all(answer.changes()));
        answer.alternatives().forEach(set -> sets.add(all(set)));
        return replica + " would be first if " + String.join(", or if ", sets);
    }

    private static String against(WhyNot answer) {
        DecidedBy by = answer.decidedBy();
        return answer.ahead() == null
                ? ""
                : ": " + RoundWriter.id(answer.ahead()) + " is ahead" + (by == null ? "" : " by " + term(by));
    }

    private static String all(List<Change> changes) {
        return String.join(" and ", changes.stream().map(WhyNotWords::words).toList());
    }

    static String term(DecidedBy by) {
        return switch (by) {
            case LOCAL_BONUS -> "the local bonus";
            case PRICE -> "price";
            case LATENCY -> "latency";
            case QUOTA_PRESSURE -> "what is left of the quota";
            case FAILURE -> "fewer failures";
            case QUALITY -> "the model's quality";
            case LOAD -> "less load";
            case CHANCE -> "chance";
            case MODEL_IN_HAND -> "its model, which is finished first";
            case PRIORITY -> "priority";
            case DECLARED_ORDER -> "the declared order";
            case LAST_USED -> "its turn";
        };
    }

    static String words(Change change) {
        return switch (change) {
            case Change.CircuitClosed(var scope, Long in) ->
                whose(scope) + "circuit were closed"
                        + (in == null ? " (its probe has to succeed)" : " (it half-opens in " + span(in) + ")");
            case Change.RampOver(long in) -> "all its traffic were let in again (in " + span(in) + ")";
            case Change.CooldownOver(var scope, long in) -> whose(scope) + "rest were over (in " + span(in) + ")";
            case Change.SlotFree(int limit) -> "one of its " + limit + " slots were free";
            case Change.QuotaRefilled(String limit, Long in) ->
                "its quota " + limit + " had room" + (in == null ? "" : " (in " + span(in) + ")");
            case Change.RetryBudgetRefilled(String provider) ->
                "the retry budgets of " + provider + " and the gateway had room";
            case Change.ProbeHealthy(var now) -> "a health probe found it alive (now " + now.id() + ")";
            case Change.PhaseActive(var from) -> "it were active (now " + from.id() + ")";
            case Change.RuleLifted(String rule) -> "the rule " + rule + " didn't hold it back";
            case Change.MarkWithdrawn(String by) -> "the unhealthy mark of " + by + " were withdrawn";
            case Change.OptionDropped(var option, var values) -> option(option, String.join(", ", values));
            case Change.NeedsDropped(var needs) ->
                "the request needed no "
                        + String.join(", ", needs.stream().map(Capability::id).toList());
            case Change.ConstructsDropped(var dropped) ->
                "the request did without "
                        + String.join(
                                ", ", dropped.stream().map(Construct::words).toList());
            case Change.SignaturesDropped(String domain) -> "the request carried no reasoning signatures of " + domain;
            case Change.UseCaseServed(var useCase) -> "its model served " + useCase;
            case Change.WindowAtLeast(long tokens, int now) ->
                "its model's context window were at least " + tokens + " tokens (now " + now
                        + "), or the request that much shorter";
            case Change.AttemptsPerModelAtLeast(int attempts, int now) ->
                "attempts-per-model were at least " + attempts + " (now " + now + ")";
            case Change.PriceAtMost(long nano, long now, boolean known) ->
                "its price were at most $" + down(nano, 9) + (known ? " (now $" : " (unknown, taken for $")
                        + near(now, 9) + ")";
            case Change.LatencyAtMost(long micros, long now) ->
                "its latency were at most " + down(micros, 3) + " ms (now " + near(now, 3) + " ms)";
            case Change.SuccessAtLeast(long share, long now) ->
                "its success were at least " + percent(share, 2) + " (now " + percent(now, 2) + ")";
            case Change.HeadroomAtLeast(long share, long now) ->
                "its headroom were at least " + percent(share, 1) + " (now " + percent(now, 1) + ")";
            case Change.InFlightAtMost(int calls, int now) ->
                "it had at most " + calls + " calls in flight (now " + now + ")";
            case Change.PriorityAtMost(int priority, int now) ->
                "its priority were at most " + priority + " (now " + now + ")";
            case Change.WeightAtLeast(double weight, double now) ->
                "its weight were at least " + plain(weight) + " (now " + plain(now) + ")";
            case Change.UsedLongestAgo used -> "all others had been used since";
            case Change.DeclaredFirst first -> "it were declared first";
        };
    }

    private static String option(Change.Option option, String values) {
        return switch (option) {
            case EXCLUDE -> "it weren't in exclude (" + values + ")";
            case ONLY -> "it were in only (" + values + "), or only weren't set";
            case LOCAL -> "local weren't " + values;
            case TAGS -> "it had the tags " + values + ", or they weren't required";
            case REGION -> "it were in region " + values + ", or that weren't required";
            case MAX_COST_USD -> "max_cost_usd (" + values + ") were high enough or not set";
            case KEY_ALLOWS -> "the caller's key allowed " + values;
        };
    }

    private static String whose(Failure.Scope scope) {
        return scope == Failure.Scope.PROVIDER ? "its provider's " : "its ";
    }

    private static String span(long nanos) {
        long millis = Math.max(0, Math.ceilDiv(nanos, 1_000_000L));
        return millis < 1000 ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }

    /** With few digits, rounded so that it still is enough. */
    private static String down(long units, int places) {
        return BigDecimal.valueOf(units, places)
                .round(new MathContext(DIGITS, RoundingMode.DOWN))
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String near(long units, int places) {
        return BigDecimal.valueOf(units, places)
                .round(new MathContext(DIGITS, RoundingMode.HALF_UP))
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    private static String percent(long share, int places) {
        return BigDecimal.valueOf(share, places).stripTrailingZeros().toPlainString() + " %";
    }
}
