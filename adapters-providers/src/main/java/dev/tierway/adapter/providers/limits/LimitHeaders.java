package dev.tierway.adapter.providers.limits;

import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.VendorLimit;
import io.vertx.core.MultiMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a reply's headers say of its vendor's limits. What is negative, garbage, too large, contradicts itself or
 * lies in the past counts as not said: unknown is never taken as zero. Which header means what, and who says so, is in
 * docs/reference/vendor-limits.md.
 */
public final class LimitHeaders {
    private static final Pattern COUNT = Pattern.compile("\\d{1,18}");
    private static final int LONGEST_NAME = 64;

    private final MultiMap headers;
    private final long nowEpochMillis;

    private LimitHeaders(MultiMap headers, long nowEpochMillis) {
        this.headers = headers;
        this.nowEpochMillis = nowEpochMillis;
    }

    /**
     * Never throws. At most one limit per dimension and window: of several the one that leaves least. Of one dimension's
     * limits over different windows the one that leaves least comes last.
     *
     * @param nowEpochMillis when the head arrived, by our clock
     */
    public static List<VendorLimit> read(MultiMap headers, Vendor vendor, long nowEpochMillis) {
        List<LimitNames> named = named(headers, vendor);
        boolean standard = headers.contains("ratelimit");
        if (named.isEmpty() && !standard) {
            return List.of();
        }
        LimitHeaders reader = new LimitHeaders(headers, ReplyClock.epochMillis(headers, nowEpochMillis));
        return reader.read(named, standard);
    }

    private static List<LimitNames> named(MultiMap headers, Vendor vendor) {
        List<LimitNames> named = new ArrayList<>(4);
        for (Map.Entry<String, String> header : headers) {
            String name = header.getKey();
            if (mayBeLimit(name)) {
                LimitNames names = LimitNames.byRemaining(name.toLowerCase(Locale.ROOT), vendor);
                if (names != null && !named.contains(names)) {
                    named.add(names);
                }
            }
        }
        return named;
    }

    /** Most headers are something else: no lower-case copy of their names is made. */
    private static boolean mayBeLimit(String name) {
        if (name.length() < "ratelimit-remaining".length() || name.length() > LONGEST_NAME) {
            return false;
        }
        char first = name.charAt(0);
        return first == 'x' || first == 'X' || first == 'r' || first == 'R' || first == 'a' || first == 'A';
    }

    private List<VendorLimit> read(List<LimitNames> named, boolean standard) {
        List<VendorLimit> found = new ArrayList<>(named.size());
        for (LimitNames names : named) {
            if (!names.general()) {
                keep(found, limit(names));
            }
        }
        if (standard) {
            for (VendorLimit limit : StandardLimits.read(headers)) {
                keep(found, limit);
            }
        }
        if (found.stream().noneMatch(limit -> limit.dimension() == Dimension.REQUESTS)) {
            for (LimitNames names : named) {
                if (names.general()) {
                    keep(found, limit(names));
                }
            }
        }
        // Who keeps one per dimension keeps the last: it is the one that binds first.
        found.sort(Comparator.comparingLong(VendorLimit::remaining).reversed());
        return List.copyOf(found);
    }

    private @Nullable VendorLimit limit(LimitNames names) {
        Long remaining = count(SingleHeader.of(headers, names.remaining()));
        if (remaining == null) {
            return null;
        }
        String limit = SingleHeader.of(headers, names.limit());
        String reset = SingleHeader.of(headers, names.reset());
        StructuredList.Item quota = names.general() ? StructuredList.first(limit) : null;
        Long amount = quota == null ? count(limit) : quota.number();
        Duration window = quota == null ? null : StandardLimits.window(quota);
        return new VendorLimit(
                names.dimension(),
                amount == null || amount == 0 ? null : amount,
                remaining,
                reset == null ? null : ResetTime.nanos(reset, nowEpochMillis),
                window == null ? names.window() : window);
    }

    private static void keep(List<VendorLimit> found, @Nullable VendorLimit next) {
        if (next == null) {
            return;
        }
        for (int i = 0; i < found.size(); i++) {
            VendorLimit other = found.get(i);
            if (other.sameLimitAs(next)) {
                found.set(i, next.remaining() < other.remaining() ? next : other);
                return;
            }
        }
        found.add(next);
    }

    private static @Nullable Long count(@Nullable String text) {
        return text != null && COUNT.matcher(text).matches() ? Long.valueOf(text) : null;
    }
}
