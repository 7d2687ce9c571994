package dev.tierway.domain.quota;

/**
 * What a vendor last said to be left of one of its limits, less what was reserved since by calls its answer couldn't count.
 * Known until the vendor's window resets, then unknown again: which denies nothing.
 *
 * <p>Calls are ordered by how much had ever been reserved when each was, not by a clock: an answer to an older call than the
 * last one that told is ignored, and clocks of several instances needn't agree.
 *
 * @param limit the whole window; 0 if the vendor didn't say, or nothing is known
 * @param remaining may be below 0 when more was reserved than is left
 * @param resetNanos when this knowledge ends; {@link Long#MIN_VALUE} if there is none
 * @param taken everything ever reserved; only differences mean something
 * @param told how much had been reserved up to the call whose answer told this
 * @param atNanos the latest time seen
 */
public record LearnedUsage(long limit, long remaining, long resetNanos, long taken, long told, long atNanos)
        implements Usage {
    static final LearnedUsage UNKNOWN = new LearnedUsage(0, 0, Long.MIN_VALUE, 0, 0, Long.MIN_VALUE);

    public boolean known() {
        return resetNanos != Long.MIN_VALUE;
    }

    @Override
    public LearnedUsage at(Limit same, QuotaTime time) {
        long now = Math.max(time.nanos(), atNanos);
        return known() && now >= resetNanos
                ? new LearnedUsage(0, 0, Long.MIN_VALUE, taken, told, now)
                : new LearnedUsage(limit, remaining, resetNanos, taken, told, now);
    }

    /**
     * What the vendor has said now.
     *
     * @param mark where the call it answered stands, see {@link #mark()}
     * @param untilNanos when the vendor's window resets
     */
    LearnedUsage telling(VendorLimit seen, long mark, long untilNanos) {
        if (mark < told || untilNanos <= atNanos) {
            return this;
        }
        long since = Math.max(0, taken - mark);
        Long whole = seen.limit();
        return new LearnedUsage(whole == null ? 0 : whole, seen.remaining() - since, untilNanos, taken, mark, atNanos);
    }

    @Override
    public long waitNanos(Limit same, long amount) {
        return !known() || amount == 0 || amount <= remaining ? 0 : resetNanos - atNanos;
    }

    @Override
    public LearnedUsage plus(long amount) {
        long more = Math.min(amount, MOST);
        return new LearnedUsage(
                limit, Math.max(-MOST, remaining - more), resetNanos, Exact.plus(taken, more), told, atNanos);
    }

    @Override
    public long mark() {
        return taken;
    }

    /** A call the vendor has counted already changes nothing. */
    @Override
    public LearnedUsage settled(Hold hold, long charged) {
        if (!known() || hold.mark() <= told) {
            return this;
        }
        long left = Math.clamp(remaining + hold.amount() - Math.min(charged, MOST), -MOST, MOST);
        return new LearnedUsage(limit, left, resetNanos, taken, told, atNanos);
    }

    @Override
    public long used() {
        return known() ? Math.max(0, limit - remaining) : 0;
    }

    @Override
    public long restNanos(Limit same) {
        return known() ? resetNanos - atNanos : 0;
    }

    @Override
    public long available(Limit same) {
        return known() ? Math.max(0, remaining) : same.amount();
    }

    @Override
    public boolean atRest() {
        return !known();
    }
}
