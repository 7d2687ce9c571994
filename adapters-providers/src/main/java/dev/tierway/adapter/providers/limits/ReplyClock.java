package dev.tierway.adapter.providers.limits;

import io.vertx.core.MultiMap;
import java.util.concurrent.TimeUnit;

/**
 * The time that dates in a reply's headers are compared with. The vendor's own {@code date} if it sent one: its resets
 * are by its clock, and ours may be wrong. A {@code date} further than a day from our clock is nobody's time of day (a
 * cache's, or a clock that was never set), so then ours counts.
 */
public final class ReplyClock {
    private static final long SANE_MILLIS = TimeUnit.DAYS.toMillis(1);

    private ReplyClock() {}

    /**
     * When the reply was made, as its vendor's clock tells it.
     *
     * @param nowEpochMillis our own clock
     */
    public static long epochMillis(MultiMap headers, long nowEpochMillis) {
        String date = SingleHeader.of(headers, "date");
        Long told = date == null ? null : HttpDate.epochMillis(date);
        return told == null || Math.abs(told - nowEpochMillis) > SANE_MILLIS ? nowEpochMillis : told;
    }
}
