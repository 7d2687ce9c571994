package dev.tierway.application.service;

import dev.tierway.application.queue.DrainRate;
import dev.tierway.application.queue.FairQueue;
import dev.tierway.application.queue.FairQueue.Ticket;
import dev.tierway.application.queue.OverloadSettings;
import dev.tierway.application.queue.QueuePriority;
import dev.tierway.application.queue.ShedReason;
import dev.tierway.domain.catalogue.Replica;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls that wait for a slot. A freed one is offered to whose turn it is, then to the next until it is taken: one slot
 * wakes one call. Shared by all calls' executors; who is offered something hears of it on its own.
 */
final class WaitingRoom {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long SHORTEST_RETRY_NANOS = 1_000_000_000L;
    private static final long LONGEST_RETRY_NANOS = 60_000_000_000L;

    /** A freed slot is not offered to everybody: those asked first can use it, or a later look finds it. */
    private static final int MOST_OFFERS = 16;

    private final Supplier<OverloadSettings> settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final FairQueue<Place> queue = new FairQueue<>();
    private final DrainRate rate = new DrainRate();
    private volatile int size;

    WaitingRoom(Supplier<OverloadSettings> settings) {
        this.settings = settings;
    }

    /** A call that waits. Told on any thread; must answer later, or many would pile up on the stack. */
    interface Waiting {
        /** @param passOn to be run if the call doesn't take the slot */
        void offer(Replica slot, Runnable passOn);

        /** There is no room for it any more. */
        void shed(ShedReason why, long retryAtNanos);
    }

    /** One call's place; guarded by the room's lock. */
    static final class Place {
        private final Waiting call;
        private List<Replica> wants;
        private @Nullable Ticket<Place> ticket;
        private @Nullable Replica offered;

        private Place(Waiting call, List<Replica> wants) {
            this.call = call;
            this.wants = wants;
        }

        /** A slot of one account may have room for another replica of it. */
        private boolean wants(Replica freed) {
            for (Replica wanted : wants) {
                if (wanted.id().equals(freed.id())
                        || wanted.quotaDomains().stream().anyMatch(freed.quotaDomains()::contains)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** What becomes of a call that wants to wait. */
    sealed interface Entry {
        /** It waits. */
        record Waits(Place place) implements Entry {}

        /** It can't. */
        record Refused(ShedReason why, long retryAtNanos) implements Entry {}
    }

    /**
     * @param wants those a slot of which it can use
     * @param limitNanos when it won't wait any longer; null: its turn isn't what it waits for
     */
    Entry enter(
            Waiting call,
            String caller,
            QueuePriority priority,
            List<Replica> wants,
            @Nullable Long limitNanos,
            long nowNanos) {
        OverloadSettings bounds = settings.get();
        Place place = new Place(call, wants);
        Ticket<Place> victim = null;
        long retryAt;
        lock.lock();
        try {
            ShedReason refused = refusal(caller, priority, limitNanos, bounds, nowNanos);
            retryAt = retryAt(nowNanos);
            if (refused != null) {
                return new Entry.Refused(refused, retryAt);
            }
            if (queue.size() == 0) {
                rate.begin(nowNanos);
            }
            place.ticket = queue.add(caller, priority, place);
            if (queue.size() > bounds.maxWaiting()) {
                victim = queue.victim();
                if (victim != null) {
                    queue.remove(victim);
                    victim.element().ticket = null;
                }
            }
            size = queue.size();
        } finally {
            lock.unlock();
        }
        if (victim == null) {
            return new Entry.Waits(place);
        }
        if (victim.element() == place) {
            return new Entry.Refused(ShedReason.QUEUE_FULL, retryAt);
        }
        victim.element().call.shed(ShedReason.QUEUE_FULL, retryAt);
        return new Entry.Waits(place);
    }

    private @Nullable ShedReason refusal(
            String caller, QueuePriority priority, @Nullable Long limitNanos, OverloadSettings bounds, long nowNanos) {
        if (bounds.maxWaiting() == 0 || queue.waiting(caller, priority) >= bounds.maxWaitingPerCaller()) {
            return ShedReason.QUEUE_FULL;
        }
        Double perSecond = limitNanos == null ? null : rate.perSecond(nowNanos);
        if (limitNanos == null || perSecond == null) {
            return null;
        }
        double waitNanos = (queue.ahead(caller, priority) + 1) / perSecond * NANOS_PER_SECOND;
        return waitNanos > limitNanos - nowNanos ? ShedReason.TOO_LATE : null;
    }

    /** When those that wait will have had their slots, as fast as they got them lately. */
    private long retryAt(long nowNanos) {
        Double perSecond = rate.perSecond(nowNanos);
        double nanos = perSecond == null ? 0 : queue.size() / perSecond * NANOS_PER_SECOND;
        return nowNanos + Math.clamp((long) nanos, SHORTEST_RETRY_NANOS, LONGEST_RETRY_NANOS);
    }

    /** When a call that doesn't wait any longer may try again. */
    long retryAtNanos(long nowNanos) {
        lock.lock();
        try {
            return retryAt(nowNanos);
        } finally {
            lock.unlock();
        }
    }

    /**
     * It waits no longer: with the slot it was offered, or for another reason.
     *
     * @return whether it took a slot
     */
    boolean leave(Place place, long nowNanos) {
        lock.lock();
        try {
            Ticket<Place> ticket = place.ticket;
            if (ticket == null) {
                return false;
            }
            place.ticket = null;
            boolean took = place.offered != null;
            if (took) {
                queue.served(ticket);
                rate.took(nowNanos);
            } else {
                queue.remove(ticket);
            }
            size = queue.size();
            if (size == 0) {
                rate.end(nowNanos);
            }
            return took;
        } finally {
            lock.unlock();
        }
    }

    /** What the call can use has changed; its place has not. */
    void change(Place place, List<Replica> wants) {
        lock.lock();
        try {
            place.wants = wants;
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Whether a call that would go there now would push in. */
    boolean wanted(Replica replica) {
        if (size == 0) {
            return false;
        }
        lock.lock();
        try {
            return queue.next(place -> place.wants(replica)) != null;
        } finally {
            lock.unlock();
        }
    }

    /** Whoever ends an attempt calls this. */
    void slotFreed(Replica of) {
        if (size > 0) {
            offer(of, new HashSet<>());
        }
    }

    /** Somebody saw a free slot that others wait for: one of them gets it, unless one is being asked already. */
    void slotSeen(Replica of) {
        lock.lock();
        try {
            if (queue.next(place -> place.offered != null && place.offered.id().equals(of.id())) != null) {
                return;
            }
        } finally {
            lock.unlock();
        }
        offer(of, new HashSet<>());
    }

    private void offer(Replica slot, Set<Place> asked) {
        Place next = asked.size() < MOST_OFFERS ? offered(slot, asked) : null;
        if (next != null) {
            next.call.offer(slot, () -> {
                declined(next);
                offer(slot, asked);
            });
        }
    }

    private @Nullable Place offered(Replica slot, Set<Place> asked) {
        Predicate<Place> canUse = place -> place.offered == null && !asked.contains(place) && place.wants(slot);
        lock.lock();
        try {
            Ticket<Place> next = queue.next(canUse);
            if (next == null) {
                return null;
            }
            next.element().offered = slot;
            asked.add(next.element());
            return next.element();
        } finally {
            lock.unlock();
        }
    }

    private void declined(Place place) {
        lock.lock();
        try {
            place.offered = null;
        } finally {
            lock.unlock();
        }
    }

    /** Calls that wait, by priority in the enumeration's order. */
    List<Integer> depths() {
        lock.lock();
        try {
            List<Integer> depths = new ArrayList<>();
            for (QueuePriority priority : QueuePriority.values()) {
                depths.add(queue.size(priority));
            }
            return depths;
        } finally {
            lock.unlock();
        }
    }
}
