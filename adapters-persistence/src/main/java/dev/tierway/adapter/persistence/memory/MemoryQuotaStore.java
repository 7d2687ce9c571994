package dev.tierway.adapter.persistence.memory;

import dev.tierway.application.port.out.ExpiredReservations;
import dev.tierway.application.port.out.MonotonicClock;
import dev.tierway.application.port.out.QuotaStore;
import dev.tierway.application.port.out.Reservation;
import dev.tierway.application.port.out.VendorObservation;
import dev.tierway.application.port.out.WallClock;
import dev.tierway.domain.call.Action;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Ending;
import dev.tierway.domain.quota.Floor;
import dev.tierway.domain.quota.Hold;
import dev.tierway.domain.quota.Left;
import dev.tierway.domain.quota.QuotaTime;
import dev.tierway.domain.quota.Raised;
import dev.tierway.domain.quota.ReservationResult;
import dev.tierway.domain.quota.Reserving;
import dev.tierway.domain.quota.Usage;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Limits of one process, gone with it. Answers at once, on the calling thread; the arithmetic is the domain's, this class adds
 * that many threads may call. What nobody settles within the reservation's life stays charged, and is counted.
 */
public final class MemoryQuotaStore implements QuotaStore {
    /** How many ended attempts are remembered, to answer a late repetition of their reservation. */
    private static final int REMEMBERED = 16_384;

    private static final CompletionStage<Result> GRANTED =
            CompletableFuture.completedStage(new Result.Granted(List.of()));
    private static final Ending NEVER_TAKEN = new Ending.Settled(Amounts.NONE);
    private static final CompletionStage<@Nullable Void> DONE = CompletableFuture.completedStage(null);

    private final MonotonicClock clock;
    private final WallClock wallClock;
    private final ZoneId zone;
    private final long reservationNanos;
    private final ExpiredReservations expiredReservations;
    private final UsageJournal journal;
    private final Cells cells = new Cells();
    private final Map<AttemptId, Held> open = new ConcurrentHashMap<>();
    private final Map<String, Held> calls = new ConcurrentHashMap<>();
    private final RecentAttempts ended = new RecentAttempts(REMEMBERED);
    private final LongAdder expired = new LongAdder();
    private final Expiry expiry = new Expiry();

    /**
     * @param zone where the days and months of budgets begin
     * @param expiredReservations told of those nobody settled in time
     * @param reservation how long a reservation waits to be settled or refunded: a call's longest time and a minute
     */
    public MemoryQuotaStore(
            MonotonicClock clock,
            WallClock wallClock,
            ZoneId zone,
            Duration reservation,
            ExpiredReservations expiredReservations) {
        this(clock, wallClock, zone, reservation, expiredReservations, UsageJournal.NONE);
    }

    /** @param journal what it was told is safe before a reservation or its end is answered */
    public MemoryQuotaStore(
            MonotonicClock clock,
            WallClock wallClock,
            ZoneId zone,
            Duration reservation,
            ExpiredReservations expiredReservations,
            UsageJournal journal) {
        this.expiredReservations = expiredReservations;
        this.journal = journal;
        this.clock = clock;
        this.wallClock = wallClock;
        this.zone = zone;
        this.reservationNanos = reservation.toNanos();
    }

    @Override
    public CompletionStage<Result> reserve(Reservation asked) {
        AttemptId attempt = asked.attempt();
        List<Descriptor> descriptors = asked.descriptors();
        if (descriptors.isEmpty()) {
            return GRANTED;
        }
        QuotaTime now = now();
        endExpired(now);
        ReservationResult[] came = new ReservationResult[1];
        List<@Nullable CompletionStage<@Nullable Void>> kept = new ArrayList<>(1);
        // The map's own lock on this attempt makes the same reservation, delivered twice at once, one.
        open.computeIfAbsent(attempt, absent -> {
            if (ended.contains(attempt)) {
                return null;
            }
            ReservationResult.Granted granted = null;
            Cell[] theirs = cells.locked(descriptors, now);
            try {
                ReservationResult result = Reserving.reserve(descriptors, usages(theirs), asked.estimate(), now);
                came[0] = result;
                if (result instanceof ReservationResult.Granted yes) {
                    granted = taken(theirs, yes);
                    kept.add(journal.taken(asked, yes, now));
                }
            } finally {
                Cells.unlock(theirs);
            }
            return granted == null ? null : kept(attempt, new Held(theirs, granted.holds(), later(now), asked));
        });
        return switch (came[0]) {
            case ReservationResult.Granted yes -> granted(attempt, new Result.Granted(yes.left()), kept.getFirst());
            case ReservationResult.Denied no ->
                CompletableFuture.completedStage(new Result.Denied(no.binding(), no.retryAfterNanos(), no.available()));
            case null -> repeated(asked);
        };
    }

    /** What could not be kept was not taken. */
    private CompletionStage<Result> granted(
            AttemptId attempt, Result granted, @Nullable CompletionStage<@Nullable Void> kept) {
        return kept == null
                ? CompletableFuture.completedStage(granted)
                : kept.handle((done, error) -> {
                    if (error == null) {
                        return granted;
                    }
                    Held held = open.remove(attempt);
                    if (held != null) {
                        held.end(NEVER_TAKEN, now(), journal);
                    }
                    throw error instanceof CompletionException wrapped ? wrapped : new CompletionException(error);
                });
    }

    /** The same answer as before; if that is still being kept and then wasn't, this asks anew. */
    private CompletionStage<Result> repeated(Reservation asked) {
        CompletionStage<@Nullable Void> kept = journal.told();
        if (kept == null) {
            return GRANTED;
        }
        AttemptId attempt = asked.attempt();
        return kept.thenCompose(
                done -> open.containsKey(attempt) || ended.contains(attempt) ? GRANTED : reserve(asked));
    }

    /** Takes over what was kept of limits nobody has used yet. */
    public void restore(List<KnownUsage> usages) {
        usages.forEach(cells::restore);
    }

    private static List<Usage> usages(Cell[] cells) {
        List<Usage> usages = new ArrayList<>(cells.length);
        for (Cell cell : cells) {
            usages.add(cell.usage());
        }
        return usages;
    }

    private static ReservationResult.Granted taken(Cell[] cells, ReservationResult.Granted granted) {
        for (int i = 0; i < cells.length; i++) {
            cells[i].taken(granted.usages().get(i), granted.holds().get(i));
        }
        return granted;
    }

    private Held kept(AttemptId attempt, Held held) {
        expiry.at(held.expiresAt());
        if (held.countUntilCallEnds() > 0) {
            calls.merge(attempt.callId(), held.ofCall(), Held::and);
        }
        return held.ofAttempt();
    }

    @Override
    public CompletionStage<@Nullable Void> settle(AttemptId attempt, Amounts actual) {
        return end(attempt, new Ending.Settled(actual));
    }

    @Override
    public CompletionStage<@Nullable Void> settleUnknown(AttemptId attempt, Amounts seen) {
        return end(attempt, new Ending.Unknown(seen));
    }

    @Override
    public CompletionStage<@Nullable Void> refund(AttemptId attempt, Action.Refund.Extent extent) {
        return end(
                attempt,
                switch (extent) {
                    case ALL -> new Ending.Refunded();
                    case ALL_BUT_REQUEST -> new Ending.RefundedButRequest();
                });
    }

    @Override
    public CompletionStage<@Nullable Void> finish(String callId) {
        Held held = calls.remove(callId);
        if (held != null) {
            held.end(new Ending.Refunded(), now());
        }
        return DONE;
    }

    private CompletionStage<@Nullable Void> end(AttemptId attempt, Ending ending) {
        QuotaTime now = now();
        endExpired(now);
        Held held = noLongerOpen(attempt);
        CompletionStage<@Nullable Void> kept = held == null ? journal.told() : held.end(ending, now, journal);
        return kept == null ? DONE : kept;
    }

    /** For one caller, who must end it; null if it isn't open. */
    private @Nullable Held noLongerOpen(AttemptId attempt) {
        Held held = open.get(attempt);
        if (held == null) {
            return null;
        }
        // Remembered before it is forgotten: a repeated reservation must not slip in between.
        ended.add(attempt);
        return open.remove(attempt, held) ? held : null;
    }

    private void endExpired(QuotaTime now) {
        if (!expiry.due(now.nanos())) {
            return;
        }
        long next = Long.MAX_VALUE;
        for (Map.Entry<AttemptId, Held> entry : open.entrySet()) {
            long at = entry.getValue().expiresAt();
            if (at > now.nanos()) {
                next = Math.min(next, at);
            } else {
                expire(entry.getKey(), now);
            }
        }
        for (Map.Entry<String, Held> entry : calls.entrySet()) {
            long at = entry.getValue().expiresAt();
            if (at > now.nanos()) {
                next = Math.min(next, at);
            } else if (calls.remove(entry.getKey(), entry.getValue())) {
                entry.getValue().end(new Ending.Expired(), now);
            }
        }
        expiry.at(next);
    }

    private void expire(AttemptId attempt, QuotaTime now) {
        Held held = noLongerOpen(attempt);
        if (held != null) {
            expired.increment();
            Reservation unsettled = held.reservation();
            // Told first: what a journal no longer keeps is in the account book by then.
            expiredReservations.expired(unsettled.memo(), unsettled.estimate());
            held.end(new Ending.Expired(), now, journal);
        }
    }

    @Override
    public CompletionStage<@Nullable Void> observe(@Nullable AttemptId attempt, List<VendorObservation> seen) {
        QuotaTime now = now();
        Held held = attempt == null ? null : open.get(attempt);
        for (VendorObservation one : seen) {
            Descriptor learned = one.descriptor();
            Hold own = held == null ? null : held.of(learned);
            Cell[] cell = cells.locked(List.of(learned), now);
            try {
                cell[0].told(Reserving.told(learned, cell[0].usage(), one.seen(), own, now));
            } finally {
                Cells.unlock(cell);
            }
        }
        return DONE;
    }

    @Override
    public CompletionStage<List<Left>> left(List<Descriptor> descriptors) {
        QuotaTime now = now();
        endExpired(now);
        List<Left> left = new ArrayList<>(descriptors.size());
        for (Descriptor descriptor : descriptors) {
            Cell[] cell = cells.locked(List.of(descriptor), now);
            try {
                left.add(Left.of(descriptor, cell[0].usage().at(descriptor.limit(), now)));
            } finally {
                Cells.unlock(cell);
            }
        }
        return CompletableFuture.completedStage(left);
    }

    @Override
    public CompletionStage<List<Raised>> raise(List<Floor> floors) {
        QuotaTime now = now();
        endExpired(now);
        return new Raising(cells, journal).raise(floors, now);
    }

    /** How much of a limit is used now. */
    public long used(Descriptor descriptor) {
        QuotaTime now = now();
        endExpired(now);
        Cell[] cell = cells.locked(List.of(descriptor), now);
        try {
            return cell[0].usage().at(descriptor.limit(), now).used();
        } finally {
            Cells.unlock(cell);
        }
    }

    /** Reservations nobody settled or refunded in time, since the start. */
    public long expired() {
        return expired.sum();
    }

    /** Reservations open now. */
    public int open() {
        return open.size();
    }

    /** Limits remembered now: those in use or not yet back at rest. */
    int remembered() {
        return cells.size();
    }

    private QuotaTime now() {
        return new QuotaTime(clock.nanos(), wallClock.epochMillis(), zone);
    }

    private long later(QuotaTime now) {
        return now.nanos() + reservationNanos;
    }

    @Override
    public void close() {
        open.clear();
        calls.clear();
    }
}
