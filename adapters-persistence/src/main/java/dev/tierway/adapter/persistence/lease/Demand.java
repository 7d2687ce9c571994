package dev.tierway.adapter.persistence.lease;

/** How much of a limit calls ask for here, per life of a share: the busier of this period and the one before. */
final class Demand {
    private final long periodNanos;
    private long startedAt;
    private long amount;
    private long calls;
    private long amountBefore;
    private long callsBefore;

    Demand(long periodNanos, long now) {
        this.periodNanos = periodNanos;
        this.startedAt = now;
    }

    void add(long asked, long now) {
        at(now);
        amount += asked;
        calls++;
    }

    void at(long now) {
        long past = now - startedAt;
        if (past < periodNanos) {
            return;
        }
        boolean recent = past < 2 * periodNanos;
        amountBefore = recent ? amount : 0;
        callsBefore = recent ? calls : 0;
        amount = 0;
        calls = 0;
        startedAt = now;
    }

    long amount() {
        return Math.max(amount, amountBefore);
    }

    /** What a call asks for on average, at least 1. */
    long each() {
        long all = calls + callsBefore;
        return all == 0 ? 1 : Math.max(1, (amount + amountBefore) / all);
    }

    boolean isNone() {
        return calls == 0 && callsBefore == 0;
    }
}
