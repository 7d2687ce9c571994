package dev.tierway.adapter.persistence.lease;

import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Left;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One limit and this instance's shares of it. */
final class LeasedLimit {
    /** A share is asked for when it would admit so many calls. */
    private static final long WORTH_CALLS = 4;

    /** At most this part of what is left for all is taken at once: the rest is asked for call by call. */
    private static final long PART_OF_LEFT = 8;

    /** This part of the most that may be held may lie unused in shares that wait for their calls to end. */
    private static final long PART_IDLE = 8;

    private final Descriptor descriptor;
    private final Descriptor lowered;
    private final long most;
    private final long settleAfter;
    private final long lifeNanos;
    private final Demand demand;
    private final Deque<Share> live = new ArrayDeque<>(2);
    /** Closed and not settled. */
    private final List<Share> waiting = new ArrayList<>();

    private boolean asking;
    private long pausedUntil;
    private long sampledAt;
    private @Nullable Left left;

    LeasedLimit(Descriptor descriptor, ShareOptions options, long settleAfter, long now) {
        this.descriptor = descriptor;
        this.lowered = options.lowered(descriptor);
        this.most = options.most(descriptor.limit());
        this.settleAfter = settleAfter;
        this.lifeNanos = options.life().toNanos();
        this.demand = new Demand(lifeNanos, now);
        this.pausedUntil = now;
        this.sampledAt = now;
    }

    Descriptor descriptor() {
        return descriptor;
    }

    /** As the store is told it. */
    Descriptor lowered() {
        return lowered;
    }

    long lifeNanos() {
        return lifeNanos;
    }

    /** A share that has that much; null: none. */
    @Nullable
    Share with(long amount, long now) {
        for (Share share : live) {
            if (share.unused() >= amount && !share.isOver(now)) {
                return share;
            }
        }
        return null;
    }

    /** Takes it; what is older and too small is used no more. */
    void draw(Share share, long amount, Shares all) {
        while (live.peek() != share) {
            close(live.remove(), all);
        }
        share.draw(amount);
        if (share.unused() == 0) {
            close(live.remove(), all);
        }
    }

    /** Asks for a share if that is worth it and none is on its way. */
    void want(long amount, long now, Shares all) {
        demand.add(amount, now);
        if (asking || now < pausedUntil || unused() * PART_OF_LEFT > demand.amount()) {
            return;
        }
        long ofLeft = left == null ? most : left.available() / PART_OF_LEFT;
        long size = Math.min(Math.min(demand.amount() / 2, ofLeft), most - held());
        if (size >= WORTH_CALLS * demand.each()) {
            asking = true;
            all.ask(this, size, now);
        }
    }

    void granted(Share share, Left now) {
        asking = false;
        left = now;
        live.add(share);
    }

    void refused(long now) {
        asking = false;
        pausedUntil = now + lifeNanos;
    }

    /** The store said what is left of it for all. */
    void seen(Left now) {
        left = now;
    }

    /** What is left of it for a caller here; null if nobody knows. */
    @Nullable
    Left left() {
        return left == null
                ? null
                : new Left(descriptor, available(left.available()), left.restNanos(), left.exceeded());
    }

    /** What is left for all, and what is unused here. */
    long available(long ofAll) {
        return Math.min(descriptor.limit().burst(), ofAll + unused());
    }

    /** What may still be drawn. */
    long unused() {
        long unused = 0;
        for (Share share : live) {
            unused += share.unused();
        }
        return unused;
    }

    /** What the store counts as taken and nobody has been admitted for. */
    long held() {
        return unused() + idle();
    }

    private long idle() {
        return waiting.stream().mapToLong(Share::unused).sum();
    }

    private void close(Share share, Shares all) {
        share.close();
        if (share.open() == 0) {
            all.settle(share);
            return;
        }
        waiting.add(share);
        if (idle() > usual() / PART_IDLE) {
            all.carry(share);
        }
    }

    /** What is held of it when it is busy; only the vendor knows the whole of a learned one. */
    private long usual() {
        return descriptor.limit().isLearned() ? demand.amount() / 2 : most;
    }

    /**
     * Whether the store has to see a call itself, once in a share's life: a vendor's answer to it tells the store what is left, and it
     * must know where among all others that call stands.
     */
    boolean wantsSample(long now) {
        if (!descriptor.limit().isLearned() || now - sampledAt < lifeNanos) {
            return false;
        }
        sampledAt = now;
        return true;
    }

    /** Ends what is over. */
    void tick(long now, Shares all) {
        demand.at(now);
        while (!live.isEmpty() && live.element().isOver(now)) {
            close(live.remove(), all);
        }
        for (Share share : List.copyOf(waiting)) {
            if (now - share.askedAt >= settleAfter && !share.carrying()) {
                settle(share, all);
            }
        }
    }

    /** A draw has ended. */
    void ended(Share share, Shares all) {
        if (share.isDone()) {
            settle(share, all);
        }
    }

    void carried(Share share, Share carrier, Shares all) {
        share.carriedBy(carrier);
        waiting.add(carrier);
        settle(share, all);
        ended(carrier, all);
    }

    void notCarried(Share share, Shares all) {
        share.notCarried();
        ended(share, all);
    }

    private void settle(Share share, Shares all) {
        waiting.remove(share);
        all.settle(share);
    }

    /** Gives all back that isn't in use. */
    void closeAll(Shares all) {
        while (!live.isEmpty()) {
            close(live.remove(), all);
        }
    }

    /** Ends everything: what is still open, at its estimate. */
    void settleAll(Shares all) {
        live.forEach(all::settle);
        live.clear();
        waiting.forEach(all::settle);
        waiting.clear();
    }

    boolean isIdle() {
        return live.isEmpty() && waiting.isEmpty() && !asking && demand.isNone();
    }
}
