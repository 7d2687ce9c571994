package dev.tierway.domain.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class PeriodTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void windows_begin_and_end_in_the_zone_of_the_budget() {
        long now = at("2026-11-18T23:30:00Z");

        assertWindow(Period.HOUR, now, ZoneOffset.UTC, "2026-11-18T23:00:00Z", "2026-11-19T00:00:00Z");
        assertWindow(Period.DAY, now, ZoneOffset.UTC, "2026-11-18T00:00:00Z", "2026-11-19T00:00:00Z");
        assertWindow(Period.DAY, now, BERLIN, "2026-11-18T23:00:00Z", "2026-11-19T23:00:00Z");
        assertWindow(Period.WEEK, now, ZoneOffset.UTC, "2026-11-16T00:00:00Z", "2026-11-23T00:00:00Z");
        assertWindow(Period.MONTH, now, ZoneOffset.ofHours(-5), "2026-11-01T05:00:00Z", "2026-12-01T05:00:00Z");
    }

    @Test
    void a_day_with_a_change_of_the_clocks_is_as_long_as_it_is() {
        assertWindow(Period.DAY, at("2026-03-29T10:00:00Z"), BERLIN, "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z");
        assertWindow(Period.DAY, at("2026-10-25T10:00:00Z"), BERLIN, "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z");
    }

    @Test
    void both_hours_that_have_the_same_name_are_hours_of_their_own() {
        assertWindow(Period.HOUR, at("2026-10-25T00:30:00Z"), BERLIN, "2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z");
        assertWindow(Period.HOUR, at("2026-10-25T01:30:00Z"), BERLIN, "2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z");
    }

    @Test
    void hours_follow_zones_that_are_half_an_hour_off() {
        assertWindow(
                Period.HOUR,
                at("2026-11-18T10:40:00Z"),
                ZoneId.of("Asia/Kolkata"),
                "2026-11-18T10:30:00Z",
                "2026-11-18T11:30:00Z");
    }

    @Test
    void a_total_never_ends() {
        assertThat(Period.TOTAL.endMillis(at("2026-11-18T10:40:00Z"), BERLIN)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void only_money_is_counted_by_the_calendar() {
        assertThat(Period.of(Period.MONTH.limit(1))).isEqualTo(Period.MONTH);
        assertThat(Period.of(Limit.per(Dimension.REQUESTS, 1, Duration.ofDays(1))))
                .isNull();
        assertThat(Period.of(Limit.per(Dimension.MONEY, 1, Duration.ofMinutes(5))))
                .isNull();
    }

    private static void assertWindow(Period period, long now, ZoneId zone, String start, String end) {
        assertThat(Instant.ofEpochMilli(period.startMillis(now, zone))).isEqualTo(Instant.parse(start));
        assertThat(Instant.ofEpochMilli(period.endMillis(now, zone))).isEqualTo(Instant.parse(end));
    }

    private static long at(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }
}
