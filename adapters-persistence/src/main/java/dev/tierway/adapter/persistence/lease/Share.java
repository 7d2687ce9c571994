package dev.tierway.adapter.persistence.lease;

import dev.tierway.domain.call.AttemptId;
import org.jspecify.annotations.Nullable;

/**
 * One reservation in the store and what was drawn from it here. In the store it is an attempt like any other.
 *
 * <p>{@code amount} = unused + estimates of open draws + estimates of ended ones.
 */
final class Share {
    final AttemptId id;
    final LeasedLimit of;
    final long amount;
    final long askedAt;

    private long unused;
    private int open;
    private long openEstimates;
    private long charged;
    private boolean closed;
    private boolean carrying;
    private boolean settled;
    private @Nullable Share carrier;

    private Share(AttemptId id, LeasedLimit of, long amount, long unused, long askedAt) {
        this.id = id;
        this.of = of;
        this.amount = amount;
        this.unused = unused;
        this.askedAt = askedAt;
    }

    /** To draw from. */
    static Share fresh(AttemptId id, LeasedLimit of, long amount, long now) {
        return new Share(id, of, amount, amount, now);
    }

    /** Takes over what is still open of another one, so that the other's unused rest can be given back. */
    static Share carrierOf(Share other, AttemptId id) {
        other.carrying = true;
        return new Share(id, other.of, other.openEstimates, 0, other.askedAt);
    }

    void draw(long estimate) {
        unused -= estimate;
        open++;
        openEstimates += estimate;
    }

    /** A draw has ended. */
    void end(long estimate, long charge) {
        open--;
        openEstimates -= estimate;
        charged += charge;
    }

    /** What is open here is now there. */
    void carriedBy(Share other) {
        other.closed = true;
        other.open = open;
        other.openEstimates = openEstimates;
        // What has ended since it was asked for.
        other.unused = other.amount - openEstimates;
        open = 0;
        openEstimates = 0;
        carrier = other;
        carrying = false;
    }

    void notCarried() {
        carrying = false;
    }

    /** Nothing is drawn any more. */
    void close() {
        closed = true;
    }

    /** Whether it waits for nothing but to be settled. */
    boolean isDone() {
        return closed && !settled && !carrying && open == 0;
    }

    /** @return what is charged for it in the end: what is still open, at the estimate */
    long settle() {
        settled = true;
        return charged + openEstimates;
    }

    /** The one that stands for what was drawn from this one. */
    Share present() {
        Share present = this;
        for (Share next = carrier; next != null; next = next.carrier) {
            present = next;
        }
        return present;
    }

    long unused() {
        return unused;
    }

    int open() {
        return open;
    }

    /** Whether somebody is being asked to take over what is open. */
    boolean carrying() {
        return carrying;
    }

    boolean settled() {
        return settled;
    }

    boolean isOver(long now) {
        return now - askedAt >= of.lifeNanos();
    }
}
