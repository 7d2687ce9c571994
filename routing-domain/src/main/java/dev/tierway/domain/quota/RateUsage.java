package dev.tierway.domain.quota;

/**
 * A leaky bucket (the generic cell rate algorithm, counted in amounts): {@code level} leaks L per window, and what would lift
 * it above the burst B has to wait. So at most B + L·t/W is admitted in any t. Exact: the leak's fraction is carried.
 *
 * <p>What is given back late must not break that bound: capacity that went by unused is gone. The level is therefore seen as
 * a queue that drains in order of arrival, and a hold gives back only its part that has not drained yet. That never gives back
 * more than the bucket would hold if the reservation had never been made (docs/quota.md has the proof).
 *
 * @param level what has not leaked yet; above the burst it is debt
 * @param carry how much of the next unit has leaked, in parts of a window's nanoseconds
 * @param outflow everything that ever left, by leaking or given back; only differences mean something
 * @param atNanos the latest time seen
 */
public record RateUsage(long level, long carry, long outflow, long atNanos) implements Usage {
    static final RateUsage NONE = new RateUsage(0, 0, 0, Long.MIN_VALUE);

    @Override
    public RateUsage at(Limit limit, QuotaTime time) {
        long now = Math.max(time.nanos(), atNanos);
        long elapsed = now - atNanos;
        if (elapsed == 0) {
            return this;
        }
        long window = limit.window().toNanos();
        // Whole windows first: they bound the product below, and long silences need no exact answer.
        if (elapsed < 0 || elapsed / window > level / limit.amount()) {
            return new RateUsage(0, 0, outflow + level, now);
        }
        long leaked = Exact.divided(limit.amount(), elapsed, carry, window);
        if (leaked >= level) {
            return new RateUsage(0, 0, outflow + level, now);
        }
        // Exact although the product may overflow: the remainder is less than the window.
        long rest = limit.amount() * elapsed + carry - leaked * window;
        return new RateUsage(level - leaked, rest, outflow + leaked, now);
    }

    @Override
    public long waitNanos(Limit limit, long amount) {
        if (amount == 0) {
            return 0;
        }
        if (amount > limit.burst()) {
            return NEVER;
        }
        long above = level - (limit.burst() - amount);
        if (above <= 0) {
            return 0;
        }
        // The first nanosecond at which `above` units have leaked: ceil((above·W − carry) / L).
        return Exact.divided(above, limit.window().toNanos(), limit.amount() - 1 - carry, limit.amount());
    }

    @Override
    public RateUsage plus(long amount) {
        return new RateUsage(Exact.plus(level, amount), carry, outflow, atNanos);
    }

    @Override
    public long mark() {
        return outflow + level;
    }

    @Override
    public RateUsage settled(Hold hold, long charged) {
        if (charged >= hold.amount()) {
            return plus(charged - hold.amount());
        }
        long surplus = hold.amount() - charged;
        long notDrained = Math.clamp(hold.mark() - outflow, 0, level);
        if (notDrained > surplus) {
            return new RateUsage(level - surplus, carry, outflow + surplus, atNanos);
        }
        // All that is left of it, and with it the fraction that had leaked of the unit at the front.
        return notDrained == 0 ? this : new RateUsage(level - notDrained, 0, outflow + notDrained, atNanos);
    }

    @Override
    public long used() {
        return level;
    }

    @Override
    public long restNanos(Limit limit) {
        return level == 0
                ? 0
                : Exact.divided(level, limit.window().toNanos(), limit.amount() - 1 - carry, limit.amount());
    }

    @Override
    public long available(Limit limit) {
        return Math.max(0, limit.burst() - level);
    }
}
