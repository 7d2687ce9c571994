package dev.tierway.adapter.providers.limits;

import dev.tierway.domain.quota.Dimension;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The headers of one limit, and what they count.
 *
 * @param window as the name says or the vendor documents; null if neither does
 * @param general names no dimension of its own: counts only if no other header speaks of requests
 */
record LimitNames(
        String limit,
        String remaining,
        String reset,
        Dimension dimension,
        @Nullable Duration window,
        boolean general) {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration DAY = Duration.ofDays(1);
    /** The longest: what is left shall not be thought to come back too soon. */
    private static final Duration MONTH = Duration.ofDays(31);

    private static final Map<String, Dimension> UNITS = Map.of(
            "requests", Dimension.REQUESTS,
            "req", Dimension.REQUESTS,
            "tokens", Dimension.TOKENS,
            "project-tokens", Dimension.TOKENS,
            "input-tokens", Dimension.INPUT_TOKENS,
            "output-tokens", Dimension.OUTPUT_TOKENS);
    private static final Map<String, Duration> PERIODS = Map.of(
            "second", Duration.ofSeconds(1), "minute", MINUTE, "hour", Duration.ofHours(1), "day", DAY, "month", MONTH);

    /** By the name that says what remains: without it nothing is known. */
    private static final Map<String, LimitNames> ALL = all();

    /**
     * Null if a header of that name says nothing of a limit.
     *
     * @param name in lower case
     */
    static @Nullable LimitNames byRemaining(String name, Vendor vendor) {
        LimitNames names = ALL.get(name);
        return names == null || names.window != null || names.general ? names : names.over(documented(vendor, names));
    }

    /** Where a vendor's names tell no window, its documentation may. */
    private static @Nullable Duration documented(Vendor vendor, LimitNames names) {
        return switch (vendor) {
            case GROQ -> names.dimension == Dimension.REQUESTS ? DAY : MINUTE;
            case OPENAI, AZURE_OPENAI, ANTHROPIC, GEMINI, MISTRAL, CEREBRAS, OPENROUTER, DEEPSEEK, MOONSHOT, OTHER ->
                null;
        };
    }

    private LimitNames over(@Nullable Duration documented) {
        return documented == null ? this : new LimitNames(limit, remaining, reset, dimension, documented, general);
    }

    private static Map<String, LimitNames> all() {
        Map<String, LimitNames> all = new LinkedHashMap<>();
        UNITS.forEach((unit, dimension) -> {
            put(all, "x-ratelimit-%s-" + unit, dimension, null, false);
            PERIODS.forEach((period, window) -> {
                put(all, "x-ratelimit-%s-" + unit + "-" + period, dimension, window, false);
                put(all, "x-ratelimit-%s-" + unit + "-per-" + period, dimension, window, false);
            });
            put(all, "anthropic-ratelimit-" + unit + "-%s", dimension, MINUTE, false);
        });
        put(all, "x-ratelimit-%s", Dimension.REQUESTS, null, true);
        put(all, "ratelimit-%s", Dimension.REQUESTS, null, true);
        return all;
    }

    private static void put(
            Map<String, LimitNames> all,
            String pattern,
            Dimension dimension,
            @Nullable Duration window,
            boolean general) {
        LimitNames names = new LimitNames(
                pattern.replace("%s", "limit"),
                pattern.replace("%s", "remaining"),
                pattern.replace("%s", "reset"),
                dimension,
                window,
                general);
        all.put(names.remaining, names);
    }
}
