package dev.tierway.domain.agent;

import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Period;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How much of everything one execution may use, from its first call till it is reset. Null: as much as it likes.
 *
 * @param usd more than 0
 * @param tokens input and output together, 1 or more
 * @param steps calls, 1 or more
 * @param elapsed since the first call began, more than 0
 * @param callsPerMinute 1 or more
 */
public record ExecutionLimits(
        @Nullable NanoUsd usd,
        @Nullable Long tokens,
        @Nullable Long steps,
        @Nullable Duration elapsed,
        @Nullable Long callsPerMinute) {
    public static final ExecutionLimits NONE = new ExecutionLimits(null, null, null, null, null);

    private static final String HOW =
            "limits are written like 'usd=1.50 tokens=100000 steps=50 elapsed=600s calls-per-minute=30'";
    private static final BigDecimal MOST_USD = BigDecimal.valueOf(1_000_000_000);
    private static final Duration LONGEST = Duration.ofDays(3650);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    public ExecutionLimits {
        positive("usd", usd == null ? null : (Long) usd.value());
        positive("tokens", tokens);
        positive("steps", steps);
        positive("calls-per-minute", callsPerMinute);
        if (elapsed != null && (elapsed.compareTo(Duration.ofSeconds(1)) < 0 || elapsed.compareTo(LONGEST) > 0)) {
            throw new IllegalArgumentException("elapsed must be at least 1s and at most 3650d");
        }
    }

    private static void positive(String name, @Nullable Long value) {
        if (value != null && (value < 1 || value > Long.MAX_VALUE / 8)) {
            throw new IllegalArgumentException(name + " must be more than 0, and not beyond all bounds: " + value);
        }
    }

    /** What this one leaves out is as in the other. */
    public ExecutionLimits or(ExecutionLimits other) {
        return new ExecutionLimits(
                usd == null ? other.usd : usd,
                tokens == null ? other.tokens : tokens,
                steps == null ? other.steps : steps,
                elapsed == null ? other.elapsed : elapsed,
                callsPerMinute == null ? other.callsPerMinute : callsPerMinute);
    }

    /** Those that are counted; time isn't. */
    public List<Limit> counted() {
        List<Limit> limits = new ArrayList<>(4);
        if (usd != null) {
            limits.add(Period.TOTAL.limit(usd.value()));
        }
        if (tokens != null) {
            limits.add(Period.total(Dimension.TOKENS, tokens));
        }
        if (steps != null) {
            limits.add(Period.total(Dimension.REQUESTS, steps));
        }
        if (callsPerMinute != null) {
            limits.add(Limit.per(Dimension.REQUESTS, callsPerMinute, MINUTE));
        }
        return limits;
    }

    /** The name, in configuration and errors, of a limit that is counted. */
    public static String name(Limit limit) {
        return switch (limit.dimension()) {
            case MONEY -> "usd";
            case REQUESTS -> Period.of(limit) == null ? "calls-per-minute" : "steps";
            case TOKENS -> "tokens";
            case INPUT_TOKENS, OUTPUT_TOKENS, CONCURRENCY -> limit.dimension().id();
        };
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        List<String> words = new ArrayList<>(5);
        if (usd != null) {
            words.add("usd=" + usd.toDecimalString());
        }
        if (tokens != null) {
            words.add("tokens=" + tokens);
        }
        if (steps != null) {
            words.add("steps=" + steps);
        }
        if (elapsed != null) {
            words.add("elapsed=" + elapsed.toSeconds() + "s");
        }
        if (callsPerMinute != null) {
            words.add("calls-per-minute=" + callsPerMinute);
        }
        return String.join(" ", words);
    }

    /** @throws IllegalArgumentException saying how it is written */
    public static ExecutionLimits parse(String text) {
        ExecutionLimits all = NONE;
        for (String word : text.strip().split("[ ,]+", -1)) {
            int equals = word.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("'" + word + "' limits nothing: " + HOW);
            }
            all = of(word.substring(0, equals), word.substring(equals + 1)).or(all);
        }
        return all;
    }

    /**
     * One limit by its name.
     *
     * @throws IllegalArgumentException naming the known ones, or saying what is wrong with the value
     */
    public static ExecutionLimits of(String name, String value) {
        return switch (name) {
            case "usd" -> new ExecutionLimits(read(name, value, ExecutionLimits::usd), null, null, null, null);
            case "tokens" -> new ExecutionLimits(null, read(name, value, Long::valueOf), null, null, null);
            case "steps" -> new ExecutionLimits(null, null, read(name, value, Long::valueOf), null, null);
            case "elapsed" -> new ExecutionLimits(null, null, null, read(name, value, ExecutionLimits::time), null);
            case "calls-per-minute" -> new ExecutionLimits(null, null, null, null, read(name, value, Long::valueOf));
            default ->
                throw new IllegalArgumentException(
                        "'" + name + "' is none of usd, tokens, steps, elapsed, calls-per-minute");
        };
    }

    private static <T> T read(String name, String value, Function<String, T> reading) {
        try {
            return reading.apply(value);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(name + ": '" + value + "' can't be read: " + HOW, notANumber);
        }
    }

    private static NanoUsd usd(String text) {
        BigDecimal usd = new BigDecimal(text);
        if (usd.precision() > 30 || usd.abs().compareTo(MOST_USD) > 0) {
            throw new NumberFormatException(text);
        }
        return NanoUsd.ofUsd(usd);
    }

    private static Duration time(String text) {
        if (text.isEmpty()) {
            throw new NumberFormatException(text);
        }
        int last = text.length() - 1;
        long count = Integer.parseInt(text.substring(0, last));
        return switch (text.charAt(last)) {
            case 's' -> Duration.ofSeconds(count);
            case 'm' -> Duration.ofMinutes(count);
            case 'h' -> Duration.ofHours(count);
            case 'd' -> Duration.ofDays(count);
            default -> throw new NumberFormatException(text);
        };
    }
}
