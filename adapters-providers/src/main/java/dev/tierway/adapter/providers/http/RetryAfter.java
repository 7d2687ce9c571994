package dev.tierway.adapter.providers.http;

import io.vertx.core.MultiMap;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When a vendor wants to be asked again. In this order: {@code retry-after-ms}, {@code retry-after} in seconds or as a
 * date (RFC 9110, 10.2.3), then OpenAI's {@code x-ratelimit-reset-*} of the limit that is used up. What is negative or
 * makes no sense counts as absent; of several headers the first valid one counts; an hour is the most.
 */
public final class RetryAfter {
    public static final long CAP_MILLIS = 3_600_000;

    private static final BigDecimal CAP = BigDecimal.valueOf(CAP_MILLIS);
    private static final Pattern NUMBER = Pattern.compile("\\d{1,24}(\\.\\d{1,9})?");
    private static final Pattern STEP = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|us|µs|ns|h|m|s)");

    /** The three forms RFC 9110 wants understood. */
    private static final DateTimeFormatter DATE = new DateTimeFormatterBuilder()
            .appendOptional(DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH))
            .appendOptional(new DateTimeFormatterBuilder()
                    .appendPattern("EEEE, dd-MMM-")
                    .appendValueReduced(ChronoField.YEAR, 2, 2, LocalDate.of(1980, 1, 1))
                    .appendPattern(" HH:mm:ss 'GMT'")
                    .toFormatter(Locale.ENGLISH))
            .appendOptional(DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH))
            .toFormatter(Locale.ENGLISH);

    private RetryAfter() {}

    /**
     * Milliseconds from now; null if the vendor didn't say.
     *
     * @param nowEpochMillis what a date is compared with
     */
    public static @Nullable Long millis(MultiMap headers, long nowEpochMillis) {
        Long millis = first(headers, "retry-after-ms", text -> number(text, 1));
        if (millis == null) {
            millis = first(headers, "retry-after", text -> {
                Long seconds = number(text, 1000);
                return seconds == null ? date(text, nowEpochMillis) : seconds;
            });
        }
        return millis == null ? reset(headers) : millis;
    }

    private static @Nullable Long reset(MultiMap headers) {
        Long latest = null;
        for (String limit : List.of("requests", "tokens")) {
            Long remaining = first(headers, "x-ratelimit-remaining-" + limit, text -> number(text, 1));
            Long reset = first(headers, "x-ratelimit-reset-" + limit, RetryAfter::duration);
            if (remaining != null && remaining == 0 && reset != null) {
                latest = latest == null ? reset : Long.valueOf(Math.max(latest, reset));
            }
        }
        return latest;
    }

    private static @Nullable Long first(MultiMap headers, String name, Function<String, @Nullable Long> parse) {
        for (String value : headers.getAll(name)) {
            Long millis = parse.apply(value.strip());
            if (millis != null) {
                return millis;
            }
        }
        return null;
    }

    private static @Nullable Long number(String text, long unitMillis) {
        return NUMBER.matcher(text).matches()
                ? capped(new BigDecimal(text).multiply(BigDecimal.valueOf(unitMillis)))
                : null;
    }

    private static @Nullable Long date(String text, long nowEpochMillis) {
        if (text.length() > 64) {
            return null;
        }
        try {
            long millis =
                    LocalDateTime.parse(text, DATE).toInstant(ZoneOffset.UTC).toEpochMilli() - nowEpochMillis;
            return millis < 0 ? null : Long.valueOf(Math.min(millis, CAP_MILLIS));
        } catch (DateTimeException garbage) {
            return null;
        }
    }

    /** {@code 6m0s}, {@code 1h2m}, {@code 20ms}, {@code 7.66s}; a bare number is seconds. */
    static @Nullable Long duration(String text) {
        if (text.length() > 64) {
            return null;
        }
        BigDecimal millis = BigDecimal.ZERO;
        Matcher step = STEP.matcher(text);
        int at = 0;
        while (at < text.length() && step.find(at) && step.start() == at) {
            millis = millis.add(new BigDecimal(step.group(1)).multiply(unit(step.group(2))));
            at = step.end();
        }
        return at > 0 && at == text.length() ? capped(millis) : number(text, 1000);
    }

    private static BigDecimal unit(String name) {
        return switch (name) {
            case "h" -> BigDecimal.valueOf(3_600_000);
            case "m" -> BigDecimal.valueOf(60_000);
            case "s" -> BigDecimal.valueOf(1_000);
            case "ms" -> BigDecimal.ONE;
            case "ns" -> new BigDecimal("0.000001");
            default -> new BigDecimal("0.001");
        };
    }

    private static Long capped(BigDecimal millis) {
        return millis.min(CAP).setScale(0, RoundingMode.CEILING).longValueExact();
    }
}
