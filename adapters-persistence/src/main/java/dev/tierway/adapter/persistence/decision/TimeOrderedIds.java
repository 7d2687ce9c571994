package dev.tierway.adapter.persistence.decision;

import dev.tierway.application.port.out.WallClock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers that grow with time, so that rows are appended at the end of the table and pages have one order whoever wrote them:
 * milliseconds since 2020, a counter within the millisecond, and a tag that tells writers to one file apart. A wall clock that
 * steps back doesn't turn the order around.
 */
public final class TimeOrderedIds {
    private static final long EPOCH_MILLIS = 1_577_836_800_000L;
    private static final int COUNTER_BITS = 12;
    private static final int TAG_BITS = 10;

    private final WallClock clock;
    private final long tag;
    private final AtomicLong last;

    /**
     * @param floor all numbers are larger than this one
     * @param writer any number; writers active together should differ modulo 1,024
     */
    public TimeOrderedIds(WallClock clock, long floor, long writer) {
        this.clock = clock;
        this.tag = Math.floorMod(writer, 1L << TAG_BITS);
        this.last = new AtomicLong(floor >> TAG_BITS);
    }

    public long next() {
        long now = (clock.epochMillis() - EPOCH_MILLIS) << COUNTER_BITS;
        long tick = last.updateAndGet(before -> Math.max(before + 1, now));
        return tick << TAG_BITS | tag;
    }
}
