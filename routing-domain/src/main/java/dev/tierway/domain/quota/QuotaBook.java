package dev.tierway.domain.quota;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Limits kept by one thread in memory: the exact reference that every quota store is checked against, and the simulator's
 * store. Idempotent per attempt, settled or refunded once in effect.
 */
public final class QuotaBook {
    private record Attempt(String call, int n) {}

    /** What an attempt, or a call between its attempts, holds; mutable because leases end on their own. */
    private static final class Entry {
        final Attempt attempt;
        final ReservationResult.Granted granted;
        final List<Hold> holds;
        final long expiresAt;
        long leaseUntil;

        Entry(Attempt attempt, ReservationResult.Granted granted, List<Hold> holds, long expiresAt, long leaseUntil) {
            this.attempt = attempt;
            this.granted = granted;
            this.holds = holds;
            this.expiresAt = expiresAt;
            this.leaseUntil = leaseUntil;
        }
    }

    /** How many ended attempts are remembered, to answer a late repetition of their reservation. */
    private static final int REMEMBERED = 16_384;

    private final long reservationNanos;
    private final long leaseNanos;
    private final Map<String, Usage> usages = new LinkedHashMap<>();
    private final Map<Attempt, Entry> open = new LinkedHashMap<>();
    private final Map<String, Entry> calls = new LinkedHashMap<>();
    private final Map<Attempt, ReservationResult> ended = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Attempt, ReservationResult> eldest) {
            return size() > REMEMBERED;
        }
    };
    private long now = Long.MIN_VALUE;
    /** Nothing expires before this. */
    private long nextExpiry = Long.MAX_VALUE;

    /**
     * @param reservationNanos how long a reservation waits to be settled or refunded; after that the estimate stays charged
     * @param leaseNanos how long concurrency is held without being renewed
     */
    public QuotaBook(long reservationNanos, long leaseNanos) {
        this.reservationNanos = reservationNanos;
        this.leaseNanos = leaseNanos;
    }

    /** @throws IllegalArgumentException if two descriptors have the same key */
    public ReservationResult reserve(
            String call, int n, List<Descriptor> descriptors, Amounts estimate, QuotaTime time) {
        expire(time);
        Attempt attempt = new Attempt(call, n);
        Entry known = open.get(attempt);
        if (known != null) {
            return known.granted;
        }
        ReservationResult before = ended.get(attempt);
        if (before != null) {
            return before;
        }
        requireDistinct(descriptors);
        List<Usage> stored = new ArrayList<>(descriptors.size());
        for (Descriptor descriptor : descriptors) {
            stored.add(stored(descriptor));
        }
        ReservationResult result = Reserving.reserve(descriptors, stored, estimate, time);
        if (result instanceof ReservationResult.Granted granted) {
            for (int i = 0; i < descriptors.size(); i++) {
                usages.put(descriptors.get(i).key(), granted.usages().get(i));
            }
            keep(attempt, granted);
        }
        return result;
    }

    private void keep(Attempt attempt, ReservationResult.Granted granted) {
        List<Hold> own = new ArrayList<>(granted.holds());
        List<Hold> ofCall = new ArrayList<>(granted.holds());
        own.removeIf(Hold::untilCallEnds);
        ofCall.removeIf(hold -> !hold.untilCallEnds());
        open.put(attempt, new Entry(attempt, granted, own, later(reservationNanos), later(leaseNanos)));
        if (!ofCall.isEmpty()) {
            Entry entry = calls.computeIfAbsent(
                    attempt.call,
                    id -> new Entry(attempt, granted, new ArrayList<>(), later(reservationNanos), later(leaseNanos)));
            entry.holds.addAll(ofCall);
        }
        nextExpiry = Math.min(nextExpiry, later(Math.min(reservationNanos, leaseNanos)));
    }

    /** Ends an attempt's reservation; one that is unknown or over stays as it is. */
    public void end(String call, int n, Ending ending, QuotaTime time) {
        expire(time);
        Attempt attempt = new Attempt(call, n);
        Entry entry = open.remove(attempt);
        if (entry != null) {
            release(entry, ending, time);
            ended.put(attempt, entry.granted);
        }
    }

    /** A vendor's answer told what is left of a learned limit. */
    public void told(String call, int n, Descriptor learned, VendorLimit seen, QuotaTime time) {
        expire(time);
        Entry entry = open.get(new Attempt(call, n));
        Hold own = null;
        for (Hold hold : entry == null ? List.<Hold>of() : entry.holds) {
            own = hold.descriptor().key().equals(learned.key()) ? hold : own;
        }
        usages.put(learned.key(), Reserving.told(learned, stored(learned), seen, own, time));
    }

    /**
     * Somebody knows how much was spent at least.
     *
     * @return by how much more is counted now
     */
    public long raise(Floor floor, QuotaTime time) {
        expire(time);
        Usage before = stored(floor.descriptor());
        Usage after = Reserving.raised(floor, before, time);
        usages.put(floor.descriptor().key(), after);
        return Reserving.raisedBy(before, after);
    }

    /** The call is over: gives back the caller's concurrency. */
    public void finish(String call, QuotaTime time) {
        expire(time);
        Entry entry = calls.remove(call);
        if (entry != null) {
            release(entry, new Ending.Refunded(), time);
        }
    }

    /** The heartbeat of whoever makes the calls: leases not yet over live on. */
    public void renew(QuotaTime time) {
        expire(time);
        open.values().forEach(entry -> entry.leaseUntil = later(leaseNanos));
        calls.values().forEach(entry -> entry.leaseUntil = later(leaseNanos));
    }

    /** What is used of a limit at that time. */
    public Usage usage(Descriptor descriptor, QuotaTime time) {
        expire(time);
        return stored(descriptor).at(descriptor.limit(), time);
    }

    /** Reservations neither settled, refunded nor expired. */
    public int open() {
        return open.size();
    }

    private Usage stored(Descriptor descriptor) {
        Usage usage = usages.get(descriptor.key());
        return usage == null ? Usage.none(descriptor.limit()) : usage;
    }

    private void release(Entry entry, Ending ending, QuotaTime time) {
        for (Hold hold : entry.holds) {
            usages.put(hold.descriptor().key(), Reserving.end(hold, stored(hold.descriptor()), ending, time));
        }
    }

    private void expire(QuotaTime time) {
        now = Math.max(now, time.nanos());
        if (now >= nextExpiry) {
            nextExpiry = Long.MAX_VALUE;
            expireAll(open.values().iterator(), time);
            expireAll(calls.values().iterator(), time);
        }
    }

    private void expireAll(Iterator<Entry> entries, QuotaTime time) {
        while (entries.hasNext()) {
            Entry entry = entries.next();
            if (now >= entry.expiresAt) {
                release(entry, new Ending.Expired(), time);
                ended.put(entry.attempt, entry.granted);
                entries.remove();
                continue;
            }
            if (now >= entry.leaseUntil) {
                endLeases(entry, time);
            }
            long lease = now >= entry.leaseUntil ? Long.MAX_VALUE : entry.leaseUntil;
            nextExpiry = Math.min(nextExpiry, Math.min(entry.expiresAt, lease));
        }
    }

    private void endLeases(Entry entry, QuotaTime time) {
        Iterator<Hold> holds = entry.holds.iterator();
        while (holds.hasNext()) {
            Hold hold = holds.next();
            if (hold.descriptor().limit().dimension() == Dimension.CONCURRENCY) {
                usages.put(
                        hold.descriptor().key(),
                        Reserving.end(hold, stored(hold.descriptor()), new Ending.Expired(), time));
                holds.remove();
            }
        }
    }

    private long later(long nanos) {
        return now > Long.MAX_VALUE - nanos ? Long.MAX_VALUE : now + nanos;
    }

    private static void requireDistinct(List<Descriptor> descriptors) {
        Set<String> keys = new LinkedHashSet<>();
        for (Descriptor descriptor : descriptors) {
            if (!keys.add(descriptor.key())) {
                throw new IllegalArgumentException("limit " + descriptor.key() + " is listed twice");
            }
        }
    }
}
