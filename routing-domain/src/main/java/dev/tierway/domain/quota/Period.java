package dev.tierway.domain.quota;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A calendar window of a budget. A limit on money whose window has one of these lengths is counted by the calendar; of limits on
 * other things only those in total are, which never come back.
 */
public enum Period {
    HOUR(Duration.ofHours(1)),
    DAY(Duration.ofDays(1)),
    /** From Monday. */
    WEEK(Duration.ofDays(7)),
    MONTH(Duration.ofDays(31)),
    /** Begins once and never ends. */
    TOTAL(Duration.ofDays(36_500));

    private static final long HOUR_MILLIS = 3_600_000;

    private final Duration window;
    private final String id = name().toLowerCase(Locale.ROOT);

    Period(Duration window) {
        this.window = window;
    }

    /** The name in configuration. */
    public String id() {
        return id;
    }

    /** That much money per window. */
    public Limit limit(long nanoUsd) {
        return Limit.per(Dimension.MONEY, nanoUsd, window);
    }

    /** That much of something, once. */
    public static Limit total(Dimension dimension, long amount) {
        return Limit.per(dimension, amount, TOTAL.window);
    }

    /** The calendar window of a limit; null if it is counted otherwise. */
    public static @Nullable Period of(Limit limit) {
        return switch (limit.dimension()) {
            case MONEY -> ofMoney(limit);
            case REQUESTS, TOKENS, INPUT_TOKENS, OUTPUT_TOKENS ->
                !limit.isLearned() && limit.window().equals(TOTAL.window) ? TOTAL : null;
            case CONCURRENCY -> null;
        };
    }

    private static @Nullable Period ofMoney(Limit limit) {
        for (Period period : values()) {
            if (period.window.equals(limit.window())) {
                return period;
            }
        }
        return null;
    }

    /** When the window around that time began. */
    public long startMillis(long epochMillis, ZoneId zone) {
        return switch (this) {
            case HOUR -> hourStart(epochMillis, zone);
            case DAY, WEEK, MONTH -> millis(firstDay(epochMillis, zone), zone);
            case TOTAL -> Long.MIN_VALUE;
        };
    }

    /** When the window around that time ends and the next one begins. */
    public long endMillis(long epochMillis, ZoneId zone) {
        return switch (this) {
            case HOUR -> hourStart(epochMillis, zone) + HOUR_MILLIS;
            case DAY -> millis(firstDay(epochMillis, zone).plusDays(1), zone);
            case WEEK -> millis(firstDay(epochMillis, zone).plusWeeks(1), zone);
            case MONTH -> millis(firstDay(epochMillis, zone).plusMonths(1), zone);
            case TOTAL -> Long.MAX_VALUE;
        };
    }

    /** By the offset in force, because a local hour may be missing or come twice. */
    private static long hourStart(long epochMillis, ZoneId zone) {
        long offset = 1000L
                * zone.getRules().getOffset(Instant.ofEpochMilli(epochMillis)).getTotalSeconds();
        return Math.floorDiv(epochMillis + offset, HOUR_MILLIS) * HOUR_MILLIS - offset;
    }

    private LocalDate firstDay(long epochMillis, ZoneId zone) {
        LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(epochMillis), zone);
        return switch (this) {
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
            case HOUR, DAY, TOTAL -> day;
        };
    }

    private static long millis(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant().toEpochMilli();
    }
}
