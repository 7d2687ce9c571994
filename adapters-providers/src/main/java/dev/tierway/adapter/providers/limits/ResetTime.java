package dev.tierway.adapter.providers.limits;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When a limit resets, in every form vendors write it: {@code 6m0s}, {@code 20ms}, {@code 1h2m3.5s} (OpenAI, Groq), RFC
 * 3339 (Anthropic), an HTTP-date, or a bare number. A bare number's size tells its unit, because the ranges don't meet:
 * below 10⁸ it is seconds from now, between 10⁹ and 10¹¹ seconds since 1970, between 10¹² and 10¹⁴ milliseconds since
 * 1970.
 */
public final class ResetTime {
    private static final int LONGEST = 64;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final BigDecimal MOST =
            BigDecimal.valueOf(Duration.ofDays(366).toNanos());

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}(\\.\\d{1,18})?");
    private static final Pattern STEP = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|us|µs|ns|h|m|s)");
    private static final BigDecimal SECONDS_BELOW = BigDecimal.valueOf(100_000_000L);
    private static final BigDecimal EPOCH_SECONDS_FROM = BigDecimal.valueOf(1_000_000_000L);
    private static final BigDecimal EPOCH_SECONDS_BELOW = BigDecimal.valueOf(100_000_000_000L);
    private static final BigDecimal EPOCH_MILLIS_FROM = BigDecimal.valueOf(1_000_000_000_000L);
    private static final BigDecimal EPOCH_MILLIS_BELOW = BigDecimal.valueOf(100_000_000_000_000L);

    private ResetTime() {}

    /**
     * Nanoseconds from now, rounded up; null if it is past, now, more than a year off or not understood.
     *
     * @param nowEpochMillis what points in time are compared with
     */
    public static @Nullable Long nanos(String text, long nowEpochMillis) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return null;
        }
        if (NUMBER.matcher(text).matches()) {
            return number(new BigDecimal(text), nowEpochMillis);
        }
        BigDecimal duration = duration(text);
        if (duration != null) {
            return ahead(duration);
        }
        Long date = HttpDate.epochMillis(text);
        return date == null ? rfc3339(text, nowEpochMillis) : until(BigDecimal.valueOf(date), nowEpochMillis);
    }

    /**
     * Milliseconds of a duration with units, rounded up; null if it is none.
     *
     * @param text e.g. {@code 34.07s}
     */
    public static @Nullable Long durationMillis(String text) {
        BigDecimal nanos = text.length() > LONGEST ? null : duration(text);
        return nanos == null
                ? null
                : Long.valueOf(nanos.divide(BigDecimal.valueOf(NANOS_PER_MILLI), 0, RoundingMode.CEILING)
                        .longValueExact());
    }

    private static @Nullable Long number(BigDecimal number, long nowEpochMillis) {
        if (number.compareTo(SECONDS_BELOW) < 0) {
            return ahead(number.multiply(BigDecimal.valueOf(NANOS_PER_SECOND)));
        }
        if (number.compareTo(EPOCH_SECONDS_FROM) >= 0 && number.compareTo(EPOCH_SECONDS_BELOW) < 0) {
            return until(number.movePointRight(3), nowEpochMillis);
        }
        return number.compareTo(EPOCH_MILLIS_FROM) >= 0 && number.compareTo(EPOCH_MILLIS_BELOW) < 0
                ? until(number, nowEpochMillis)
                : null;
    }

    private static @Nullable Long rfc3339(String text, long nowEpochMillis) {
        try {
            OffsetDateTime at = OffsetDateTime.parse(text);
            return until(
                    BigDecimal.valueOf(at.toEpochSecond()).movePointRight(3).add(BigDecimal.valueOf(at.getNano(), 6)),
                    nowEpochMillis);
        } catch (DateTimeException garbage) {
            return null;
        }
    }

    private static @Nullable Long until(BigDecimal epochMillis, long nowEpochMillis) {
        return ahead(
                epochMillis.subtract(BigDecimal.valueOf(nowEpochMillis)).multiply(BigDecimal.valueOf(NANOS_PER_MILLI)));
    }

    private static @Nullable Long ahead(BigDecimal nanos) {
        return nanos.signum() > 0 && nanos.compareTo(MOST) <= 0
                ? Long.valueOf(nanos.setScale(0, RoundingMode.CEILING).longValueExact())
                : null;
    }

    private static @Nullable BigDecimal duration(String text) {
        BigDecimal nanos = BigDecimal.ZERO;
        Matcher step = STEP.matcher(text);
        int at = 0;
        while (at < text.length() && step.find(at) && step.start() == at) {
            nanos = nanos.add(new BigDecimal(step.group(1)).multiply(unit(step.group(2))));
            at = step.end();
        }
        return at > 0 && at == text.length() ? nanos : null;
    }

    private static BigDecimal unit(String name) {
        return switch (name) {
            case "h" -> BigDecimal.valueOf(Duration.ofHours(1).toNanos());
            case "m" -> BigDecimal.valueOf(Duration.ofMinutes(1).toNanos());
            case "s" -> BigDecimal.valueOf(NANOS_PER_SECOND);
            case "ms" -> BigDecimal.valueOf(NANOS_PER_MILLI);
            case "ns" -> BigDecimal.ONE;
            default -> BigDecimal.valueOf(1_000);
        };
    }
}
