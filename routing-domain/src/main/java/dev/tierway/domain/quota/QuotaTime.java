package dev.tierway.domain.quota;

import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * When a quota decision is made, on the store's own clocks, never a caller's. Either clock may step back: usage lives at the
 * latest time it has seen.
 *
 * @param nanos monotonic time, for rates
 * @param epochMillis wall-clock time, for calendar windows
 * @param zone where calendar windows begin
 */
public record QuotaTime(long nanos, long epochMillis, ZoneId zone) {
    public static QuotaTime utc(long nanos, long epochMillis) {
        return new QuotaTime(nanos, epochMillis, ZoneOffset.UTC);
    }
}
