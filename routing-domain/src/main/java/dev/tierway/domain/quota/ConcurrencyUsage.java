package dev.tierway.domain.quota;

/**
 * Calls in flight. Held and given back; whoever keeps it also ends holds whose lease has run out.
 *
 * @param held how many are in flight
 */
public record ConcurrencyUsage(long held) implements Usage {
    static final ConcurrencyUsage NONE = new ConcurrencyUsage(0);

    @Override
    public ConcurrencyUsage at(Limit limit, QuotaTime time) {
        return this;
    }

    @Override
    public long waitNanos(Limit limit, long amount) {
        if (amount > limit.amount()) {
            return NEVER;
        }
        return held <= limit.amount() - amount ? 0 : SOON_NANOS;
    }

    @Override
    public ConcurrencyUsage plus(long amount) {
        return new ConcurrencyUsage(Exact.plus(held, amount));
    }

    @Override
    public long mark() {
        return 0;
    }

    @Override
    public ConcurrencyUsage settled(Hold hold, long charged) {
        return new ConcurrencyUsage(Math.max(0, held - hold.amount()));
    }

    @Override
    public long used() {
        return held;
    }

    @Override
    public long restNanos(Limit limit) {
        return held == 0 ? 0 : NEVER;
    }

    @Override
    public long available(Limit limit) {
        return Math.max(0, limit.amount() - held);
    }
}
