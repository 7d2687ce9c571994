package dev.tierway.bootstrap.config;

import dev.tierway.bootstrap.config.Node.Written;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shapes of numbers: counts, shares, durations, money. */
final class Quantities {
    private static final Set<Written> AS_NUMBER = Set.of(Written.NUMBER);
    private static final int MOST_DIGITS = 30;
    private static final Pattern PERCENT = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,6})?) ?%");
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,7})(ms|s|m|h|d)");

    private static final Pattern SIZE_TEXT = Pattern.compile("([0-9]{1,7})(KiB|MiB)");
    private static final long MOST_BYTES = 1L << 30;
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final Pattern AGE_TEXT = Pattern.compile("([0-9]{1,9})(s|m|h|d)");
    private static final Duration OLDEST = Duration.ofDays(3650);

    /** A share of a whole, from 0 to 1. */
    static final ScalarShape<Double> SHARE = new ScalarShape<>(
            "a percentage such as 20%, or a number from 0 to 1",
            Set.of(Written.NUMBER, Written.TEXT),
            Map.of(
                    "anyOf",
                    List.of(
                            Map.of("type", "number", "minimum", 0, "maximum", 1),
                            Map.of("type", "string", "pattern", "^(100(\\.0{1,6})?|[0-9]{1,2}(\\.[0-9]{1,6})?) ?%$"))),
            Quantities::share);

    static final ScalarShape<Duration> DURATION_ABOVE_ZERO = durationShape(
            "a duration such as 500ms, 2s, 10m or 24h", "^(?!0+[a-z])[0-9]{1,7}(ms|s|m|h|d)$", Quantities::positive);

    /** May be zero. */
    static final ScalarShape<Duration> DURATION_OR_ZERO =
            durationShape("a duration such as 0s, 500ms, 2s or 10m", "^[0-9]{1,7}(ms|s|m|h|d)$", Quantities::duration);

    /** How old something may become that is kept: up to ten years. */
    static final ScalarShape<Duration> AGE =
            durationShape("a duration such as 24h, 30d or 400d", "^(?!0+[a-z])[0-9]{1,9}(s|m|h|d)$", Quantities::age);

    /** Bytes, up to a gibibyte. */
    static final ScalarShape<Integer> SIZE = new ScalarShape<>(
            "a size such as 64KiB or 32MiB",
            Set.of(Written.TEXT, Written.NUMBER),
            Map.of("type", "string", "pattern", "^(?!0+[A-Z])[0-9]{1,7}(KiB|MiB)$"),
            Quantities::size);

    private Quantities() {}

    static ScalarShape<Long> count(long least, long most) {
        return new ScalarShape<>(
                "a whole number" + (least > 0 ? " of " + least + " or more" : ""),
                AS_NUMBER,
                Map.of("type", "integer", "minimum", least, "maximum", most),
                text -> {
                    BigDecimal number = number(text);
                    if (number.stripTrailingZeros().scale() > 0
                            || number.compareTo(BigDecimal.valueOf(least)) < 0
                            || number.compareTo(BigDecimal.valueOf(most)) > 0) {
                        throw new Unfit("must be a whole number from " + least + " to " + most, null);
                    }
                    return number.longValueExact();
                });
    }

    static ScalarShape<Integer> smallCount(int least, int most) {
        ScalarShape<Long> count = count(least, most);
        return new ScalarShape<>(
                count.phrase(),
                count.accepts(),
                count.schema(),
                text -> Math.toIntExact(count.parse().apply(text)));
    }

    /** A number of 0 or more, exact: dollars, weights. */
    static ScalarShape<BigDecimal> amount(String phrase) {
        return amount(phrase, 1_000_000);
    }

    /** The same up to another bound. */
    static ScalarShape<BigDecimal> amount(String phrase, long most) {
        return new ScalarShape<>(phrase, AS_NUMBER, Map.of("type", "number", "minimum", 0, "maximum", most), text -> {
            BigDecimal number = number(text);
            if (number.signum() < 0 || number.compareTo(BigDecimal.valueOf(most)) > 0) {
                throw new Unfit("must be from 0 to " + most, null);
            }
            return number;
        });
    }

    private static BigDecimal number(String text) {
        // YAML allows 200_000.
        String digits = text.replace("_", "");
        if (digits.isEmpty()
                || digits.length() > MOST_DIGITS
                || !digits.matches("[-+]?[0-9.]+([eE][-+]?[0-9]{1,2})?")) {
            throw new Unfit("must be a plain decimal number of at most " + MOST_DIGITS + " digits", null);
        }
        try {
            return new BigDecimal(digits);
        } catch (NumberFormatException e) {
            throw new Unfit("must be a plain decimal number", null);
        }
    }

    private static double share(String text) {
        Matcher percent = PERCENT.matcher(text);
        double share = percent.matches()
                ? new BigDecimal(percent.group(1)).movePointLeft(2).doubleValue()
                : text.endsWith("%") ? -1 : number(text).doubleValue();
        if (!(share >= 0 && share <= 1)) {
            throw new Unfit(
                    "must be a percentage from 0% to 100%, or a number from 0 to 1",
                    share > 1 && share <= 100 && !text.endsWith("%") ? "did you mean " + text + "%?" : null);
        }
        return share;
    }

    private static Duration positive(String text) {
        Duration duration = duration(text);
        if (duration.isZero()) {
            throw new Unfit("must be more than 0", null);
        }
        return duration;
    }

    private static Duration duration(String text) {
        Matcher parts = DURATION.matcher(text);
        if (!parts.matches()) {
            throw new Unfit(
                    "'" + text + "' is not a duration",
                    text.matches("[0-9]+")
                            ? "add a unit: " + text + "ms or " + text + "s"
                            : "write 500ms, 2s, 10m or 24h");
        }
        Duration duration = of(Long.parseLong(parts.group(1)), parts.group(2));
        if (duration.compareTo(LONGEST) > 0) {
            throw new Unfit("must be at most 30d", null);
        }
        return duration;
    }

    private static Duration of(long amount, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            case String days -> Duration.ofDays(amount);
        };
    }

    private static Duration age(String text) {
        Matcher parts = AGE_TEXT.matcher(text);
        if (!parts.matches()) {
            throw new Unfit("'" + text + "' is not a duration", "write 24h, 30d or 400d");
        }
        Duration age = of(Long.parseLong(parts.group(1)), parts.group(2));
        if (age.isZero() || age.compareTo(OLDEST) > 0) {
            throw new Unfit("must be more than 0 and at most 3650d", null);
        }
        return age;
    }

    private static int size(String text) {
        Matcher parts = SIZE_TEXT.matcher(text);
        if (!parts.matches()) {
            throw new Unfit("is not a size", "write a whole number and KiB or MiB, e.g. 32MiB");
        }
        long bytes = Long.parseLong(parts.group(1)) << (parts.group(2).equals("KiB") ? 10 : 20);
        if (bytes == 0 || bytes > MOST_BYTES) {
            throw new Unfit("must be from 1KiB to 1024MiB", null);
        }
        return (int) bytes;
    }

    private static ScalarShape<Duration> durationShape(
            String phrase, String pattern, Function<String, Duration> parse) {
        return new ScalarShape<>(
                phrase, Set.of(Written.TEXT, Written.NUMBER), Map.of("type", "string", "pattern", pattern), parse);
    }
}
