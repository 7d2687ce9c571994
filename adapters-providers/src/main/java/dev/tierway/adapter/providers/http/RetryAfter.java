package dev.tierway.adapter.providers.http;

import dev.tierway.adapter.providers.limits.HttpDate;
import dev.tierway.adapter.providers.limits.LimitHeaders;
import dev.tierway.adapter.providers.limits.ReplyClock;
import dev.tierway.adapter.providers.limits.Vendor;
import dev.tierway.domain.quota.VendorLimit;
import io.vertx.core.MultiMap;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When a vendor wants to be asked again. In this order: {@code retry-after-ms}, {@code retry-after} in seconds or as a
 * date (RFC 9110, 10.2.3), then the latest reset of a limit that is used up, in any vendor's headers. What is negative or
 * makes no sense counts as absent; of several headers the first valid one counts; an hour is the most.
 */
public final class RetryAfter {
    public static final long CAP_MILLIS = 3_600_000;

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final BigDecimal CAP = BigDecimal.valueOf(CAP_MILLIS);
    private static final Pattern NUMBER = Pattern.compile("\\d{1,24}(\\.\\d{1,9})?");

    private RetryAfter() {}

    /**
     * Milliseconds from now; null if the vendor didn't say.
     *
     * @param nowEpochMillis our clock: what a date is compared with unless the reply tells its own
     */
    public static @Nullable Long millis(MultiMap headers, long nowEpochMillis) {
        Long millis = first(headers, "retry-after-ms", text -> number(text, 1));
        if (millis == null) {
            long made = ReplyClock.epochMillis(headers, nowEpochMillis);
            millis = first(headers, "retry-after", text -> {
                Long seconds = number(text, 1000);
                return seconds == null ? date(text, made) : seconds;
            });
        }
        return millis == null ? reset(headers, nowEpochMillis) : millis;
    }

    private static @Nullable Long reset(MultiMap headers, long nowEpochMillis) {
        Long latest = null;
        for (VendorLimit limit : LimitHeaders.read(headers, Vendor.OTHER, nowEpochMillis)) {
            Long nanos = limit.remaining() == 0 ? limit.resetAfterNanos() : null;
            if (nanos != null) {
                long millis = Math.min(Math.ceilDiv(nanos, NANOS_PER_MILLI), CAP_MILLIS);
                latest = latest == null ? Long.valueOf(millis) : Long.valueOf(Math.max(latest, millis));
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
        Long date = HttpDate.epochMillis(text);
        return date == null || date < nowEpochMillis ? null : Long.valueOf(Math.min(date - nowEpochMillis, CAP_MILLIS));
    }

    private static Long capped(BigDecimal millis) {
        return millis.min(CAP).setScale(0, RoundingMode.CEILING).longValueExact();
    }
}
