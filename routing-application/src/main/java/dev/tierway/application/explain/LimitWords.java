package dev.tierway.application.explain;

import dev.tierway.domain.agent.ExecutionLimits;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.LimitUse;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.money.Price;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Left;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Period;
import dev.tierway.domain.quota.Usage;
import dev.tierway.domain.routing.Choice;
import dev.tierway.domain.routing.TokenEstimate;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Words for people about callers' limits. */
public final class LimitWords {
    /** What can be done about a limit of agents. */
    public static final String RAISE =
            "; an operator can raise or reset it: tierway agents limit, tierway agents reset";

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final double PICO_PER_NANO = 1000;

    private LimitWords() {}

    /** Whether so much of it is used that the caller should know. */
    public static boolean worthAWord(Left left, double warnAt) {
        return left.exceeded()
                || 1 - left.available() / (double) left.descriptor().limit().burst() >= warnAt;
    }

    /** That it is nearly used up, or exceeded. */
    public static String warning(Left left, long epochMillis) {
        Limit limit = left.descriptor().limit();
        String left1 = amount(left.available(), limit) + " of " + amount(limit.amount(), limit) + span(limit) + " left";
        return named(left.descriptor()) + ": " + (left.exceeded() ? "exceeded" : left1)
                + until(left.restNanos(), epochMillis);
    }

    static String warning(LimitUse use, Selection selection) {
        return warning(
                new Left(use.descriptor(), use.available(), use.restNanos(), use.exceeded()),
                wallMillis(use.atNanos(), selection));
    }

    /** What denied a call, how much there was, until when, and what would fit. */
    static String reached(CallResult.LimitReached reached, Selection selection) {
        Limit limit = reached.descriptor().limit();
        StringBuilder words = new StringBuilder(named(reached.descriptor()))
                .append(" allows ")
                .append(amount(limit.amount(), limit))
                .append(span(limit))
                .append(reached.descriptor().ofAgents() ? used(reached) : ": ")
                .append(amount(reached.available(), limit))
                .append(limit.dimension() == Dimension.CONCURRENCY ? " free now" : " left");
        if (limit.dimension() != Dimension.CONCURRENCY && limit.dimension() != Dimension.REQUESTS) {
            words.append(", this call may take ").append(amount(reached.asked(), limit));
        }
        Long retryAt = reached.retryAtNanos();
        Long fits = fitting(reached, selection);
        if (fits != null) {
            words.append("; max_tokens of ").append(fits).append(" would fit");
        }
        if (retryAt == null) {
            words.append("; waiting doesn't help");
            return (reached.descriptor().ofAgents() ? words.append(RAISE) : words).toString();
        }
        String at = Instant.ofEpochMilli(wallMillis(retryAt, selection)).toString();
        return words.append("; try again at ").append(at).toString();
    }

    private static String used(CallResult.LimitReached reached) {
        Limit limit = reached.descriptor().limit();
        return ", of which " + amount(limit.burst() - reached.available(), limit) + " are used: ";
    }

    /** An amount without its unit. */
    public static String plain(long amount, Limit limit) {
        return limit.dimension() == Dimension.MONEY ? new NanoUsd(amount).toDecimalString() : Long.toString(amount);
    }

    /** The longest answer that what is left would pay for; null if that isn't the point, or not even the input would fit. */
    private static @Nullable Long fitting(CallResult.LimitReached reached, Selection selection) {
        Long retryAt = reached.retryAtNanos();
        boolean soon = retryAt != null && retryAt - lastNanos(selection) <= Usage.SOON_NANOS;
        if (soon
                || reached.descriptor().limit().dimension() != Dimension.MONEY
                || selection.rounds().isEmpty()
                || !(selection.rounds().getLast().choice() instanceof Choice.Chosen chosen)) {
            return null;
        }
        Price price = chosen.replica().replica().price();
        TokenEstimate tokens = selection.features().tokens();
        if (price == null || price.output() == 0) {
            return null;
        }
        double forOutput = reached.available() * PICO_PER_NANO
                - (double) tokens.inputHigh(chosen.replica().model().id()) * price.input();
        long fits = (long) (forOutput / ((double) price.output() * tokens.choices()));
        return fits < 1 ? null : fits;
    }

    /** That nobody can say now how much of it is used, and that it therefore allows nothing. */
    public static String unavailable(Descriptor descriptor) {
        Limit limit = descriptor.limit();
        return named(descriptor) + " allows " + amount(limit.amount(), limit) + span(limit)
                + ", but the quota store doesn't answer, so nobody knows what is left: try again in a moment; if that"
                + " doesn't help, the operator of the gateway has to look at the store";
    }

    private static long lastNanos(Selection selection) {
        return selection.rounds().isEmpty()
                ? selection.identity().startNanos()
                : selection.rounds().getLast().atNanos();
    }

    static long wallMillis(long atNanos, Selection selection) {
        return selection.identity().atEpochMillis()
                + (atNanos - selection.identity().startNanos()) / NANOS_PER_MILLI;
    }

    private static String named(Descriptor descriptor) {
        String rule = descriptor.budget();
        if (descriptor.ofAgents()) {
            return "limit '" + ExecutionLimits.name(descriptor.limit()) + "' of " + AgentWords.of(descriptor);
        }
        if (rule == null) {
            return "limit '" + descriptor.owner() + "'";
        }
        int slash = descriptor.owner().indexOf('/');
        return "budget '" + rule + "'"
                + (slash < 0 ? "" : " (" + descriptor.owner().substring(slash + 1) + ")")
                + (descriptor.countsOthers() ? ", which counts names beyond 10,000 together," : "");
    }

    private static String amount(long amount, Limit limit) {
        return switch (limit.dimension()) {
            case MONEY -> new NanoUsd(amount).toDecimalString() + " USD";
            case CONCURRENCY -> amount + " calls at once";
            case REQUESTS, TOKENS, INPUT_TOKENS, OUTPUT_TOKENS ->
                amount + " " + limit.dimension().id().replace('-', ' ');
        };
    }

    private static String span(Limit limit) {
        Period period = Period.of(limit);
        if (period != null) {
            return period == Period.TOTAL
                    ? " in total"
                    : " per " + period.name().toLowerCase(Locale.ROOT);
        }
        if (limit.window().isZero()) {
            return "";
        }
        if (limit.window().equals(Duration.ofMinutes(1))) {
            return " per minute";
        }
        return limit.window().equals(Duration.ofHours(1))
                ? " per hour"
                : limit.window().equals(Duration.ofDays(1))
                        ? " per day"
                        : " per " + limit.window().toSeconds() + " s";
    }

    private static String until(long restNanos, long epochMillis) {
        return restNanos == Usage.NEVER || restNanos == 0
                ? ""
                : ", until " + Instant.ofEpochMilli(epochMillis + restNanos / NANOS_PER_MILLI);
    }
}
