package dev.tierway.domain.quota;

/**
 * What was spent in one calendar window, or in total. What a call reserved counts in the window it was reserved in, also if it ends in a later
 * one.
 *
 * @param startMillis when the window began
 * @param endMillis when the next one begins
 * @param spent charged for good
 * @param reserved held by calls in flight
 * @param atMillis the latest time seen
 */
public record WindowUsage(long startMillis, long endMillis, long spent, long reserved, long atMillis) implements Usage {
    static final WindowUsage NONE = new WindowUsage(Long.MIN_VALUE, Long.MIN_VALUE, 0, 0, Long.MIN_VALUE);

    private static final long NANOS_PER_MILLI = 1_000_000;

    @Override
    public WindowUsage at(Limit limit, QuotaTime time) {
        long now = Math.max(time.epochMillis(), atMillis);
        if (now < endMillis) {
            return new WindowUsage(startMillis, endMillis, spent, reserved, now);
        }
        Period period = Period.of(limit);
        if (period == null) {
            throw new IllegalArgumentException(
                    "a limit on " + limit.dimension().id() + " per " + limit.window() + " has no calendar window");
        }
        return new WindowUsage(period.startMillis(now, time.zone()), period.endMillis(now, time.zone()), 0, 0, now);
    }

    @Override
    public long waitNanos(Limit limit, long amount) {
        if (amount == 0) {
            return 0;
        }
        if (amount > limit.amount()) {
            return NEVER;
        }
        long room = limit.amount() - amount;
        if (used() <= room) {
            return 0;
        }
        long untilEnd = untilEndNanos();
        // Only open reservations are in the way: they mostly end with less than they hold.
        return spent <= room ? Math.min(SOON_NANOS, untilEnd) : untilEnd;
    }

    private long untilEndNanos() {
        if (endMillis == Long.MAX_VALUE) {
            return NEVER;
        }
        long millis = endMillis - atMillis;
        return millis > NEVER / NANOS_PER_MILLI ? NEVER : millis * NANOS_PER_MILLI;
    }

    @Override
    public WindowUsage plus(long amount) {
        return new WindowUsage(startMillis, endMillis, spent, Exact.plus(reserved, amount), atMillis);
    }

    @Override
    public long mark() {
        return startMillis;
    }

    @Override
    public WindowUsage settled(Hold hold, long charged) {
        if (hold.mark() != startMillis) {
            return this;
        }
        long open = Math.max(0, reserved - hold.amount());
        return new WindowUsage(startMillis, endMillis, Exact.plus(spent, charged), open, atMillis);
    }

    /** At least that much spent, if it is known of this very window; what is reserved stays. */
    WindowUsage raised(Floor floor) {
        return floor.startMillis() == startMillis && floor.spent() > spent
                ? new WindowUsage(startMillis, endMillis, Math.min(floor.spent(), MOST), reserved, atMillis)
                : this;
    }

    @Override
    public long used() {
        return spent + reserved;
    }

    @Override
    public long restNanos(Limit limit) {
        return used() == 0 ? 0 : untilEndNanos();
    }

    @Override
    public long available(Limit limit) {
        return Math.max(0, limit.amount() - used());
    }
}
