package dev.tierway.adapter.persistence.sqlite;

import dev.tierway.adapter.persistence.StoreException;
import dev.tierway.adapter.persistence.memory.MemoryQuotaStore;
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
import dev.tierway.domain.quota.Floor;
import dev.tierway.domain.quota.Left;
import dev.tierway.domain.quota.QuotaTime;
import dev.tierway.domain.quota.Raised;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits of one process that outlive it: rates up to a minute, concurrency and what vendors tell stay in memory; every other
 * limit is on disk before a reservation or its end is answered. Decided in memory at once, so what has no such limit never
 * waits for the disk.
 *
 * <p>What the file can't take is not granted: such a reservation fails, with the reason, until the file can be written again.
 * So does every one while another process counts in the same file. After a crash nothing granted is forgotten; reservations
 * that were open stay charged and their attempts are told to the account book as of unknown outcome.
 */
public final class EmbeddedQuotaStore implements QuotaStore {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedQuotaStore.class);
    private static final Duration BETWEEN_TAKEOVERS = Duration.ofSeconds(1);

    private final SqliteDatabase database;
    private final MonotonicClock clock;
    private final WallClock wallClock;
    private final ZoneId zone;
    private final ExpiredReservations expiredReservations;
    private final KeptQuota kept;
    private final SqliteUsageJournal journal;
    private final MemoryQuotaStore memory;
    private final ReentrantLock lock = new ReentrantLock();
    private CompletableFuture<@Nullable Void> takenOver;
    private long triedNanos;

    private EmbeddedQuotaStore(
            SqliteDatabase database,
            MonotonicClock clock,
            WallClock wallClock,
            ZoneId zone,
            Duration reservation,
            ExpiredReservations expiredReservations) {
        this.database = database;
        this.clock = clock;
        this.wallClock = wallClock;
        this.zone = zone;
        this.expiredReservations = expiredReservations;
        this.kept = new KeptQuota(database, wallClock, reservation.toMillis());
        this.journal = new SqliteUsageJournal(database, clock);
        this.memory = new MemoryQuotaStore(clock, wallClock, zone, reservation, expiredReservations, journal);
        this.triedNanos = clock.nanos();
        this.takenOver = takeOver();
    }

    /**
     * Takes over what the file knows. Waits for the disk.
     *
     * @param database stays open when this is closed, and has to be closed after it
     * @param zone where the days and months of budgets begin
     * @param reservation how long a reservation waits to be settled or refunded
     * @param expiredReservations told of those nobody settled, also by a process that died
     */
    public static EmbeddedQuotaStore open(
            SqliteDatabase database,
            MonotonicClock clock,
            WallClock wallClock,
            ZoneId zone,
            Duration reservation,
            ExpiredReservations expiredReservations) {
        EmbeddedQuotaStore store =
                new EmbeddedQuotaStore(database, clock, wallClock, zone, reservation, expiredReservations);
        try {
            store.takenOver.join();
        } catch (CompletionException e) {
            LOG.warn(
                    "calls with long limits or budgets fail for now: {}",
                    reason(e).getMessage());
        }
        return store;
    }

    private static Throwable reason(Throwable error) {
        Throwable cause = error.getCause();
        return error instanceof CompletionException && cause != null ? cause : error;
    }

    private CompletableFuture<@Nullable Void> takeOver() {
        return kept.takeOver().thenApply(this::restored).toCompletableFuture();
    }

    private @Nullable Void restored(KeptQuota.Found found) {
        QuotaTime now = new QuotaTime(clock.nanos(), wallClock.epochMillis(), zone);
        memory.restore(found.usages().stream().map(row -> row.known(now)).toList());
        for (OpenReservations.CutOff one : found.cutOff()) {
            expiredReservations.expired(one.memo(), one.estimate());
        }
        if (!found.cutOff().isEmpty()) {
            LOG.info(
                    "{} attempts were cut off with the process before: they stay charged as estimated",
                    found.cutOff().size());
        }
        kept.forgetOpen();
        return null;
    }

    @Override
    public CompletionStage<Result> reserve(Reservation asked) {
        return SqliteUsageJournal.keepsAny(asked.descriptors())
                ? whenSafe(() -> memory.reserve(asked))
                : memory.reserve(asked);
    }

    private <T> CompletionStage<T> whenSafe(Supplier<CompletionStage<T>> request) {
        String problem = database.health().problem();
        if (problem != null) {
            return CompletableFuture.failedFuture(
                    new StoreException("limits can't be kept in " + database.file() + ": " + problem));
        }
        CompletableFuture<@Nullable Void> ready = ready();
        return ready.isDone() && !ready.isCompletedExceptionally()
                ? request.get()
                : ready.thenCompose(done -> request.get());
    }

    /** Tries again now and then: the other process may be gone, or the disk back. */
    private CompletableFuture<@Nullable Void> ready() {
        lock.lock();
        try {
            if (takenOver.isCompletedExceptionally() && clock.nanos() - triedNanos >= BETWEEN_TAKEOVERS.toNanos()) {
                triedNanos = clock.nanos();
                takenOver = takeOver();
            }
            return takenOver;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public CompletionStage<@Nullable Void> settle(AttemptId attempt, Amounts actual) {
        return memory.settle(attempt, actual);
    }

    @Override
    public CompletionStage<@Nullable Void> settleUnknown(AttemptId attempt, Amounts seen) {
        return memory.settleUnknown(attempt, seen);
    }

    @Override
    public CompletionStage<@Nullable Void> refund(AttemptId attempt, Action.Refund.Extent extent) {
        return memory.refund(attempt, extent);
    }

    @Override
    public CompletionStage<@Nullable Void> finish(String callId) {
        return memory.finish(callId);
    }

    @Override
    public CompletionStage<@Nullable Void> observe(@Nullable AttemptId attempt, List<VendorObservation> seen) {
        return memory.observe(attempt, seen);
    }

    /** Fails while nobody knows what was used of a kept limit. */
    @Override
    public CompletionStage<List<Left>> left(List<Descriptor> descriptors) {
        return SqliteUsageJournal.keepsAny(descriptors)
                ? ready().thenCompose(done -> memory.left(descriptors))
                : memory.left(descriptors);
    }

    @Override
    public CompletionStage<List<Raised>> raise(List<Floor> floors) {
        return whenSafe(() -> memory.raise(floors));
    }

    /** How much of a limit is used now. */
    public long used(Descriptor descriptor) {
        return memory.used(descriptor);
    }

    /** Reservations open now. */
    public int open() {
        return memory.open();
    }

    /** Waits until every change is on disk, then lets another process count. Not for event loops. */
    @Override
    public void close() {
        memory.close();
        journal.close();
        database.flushOrGiveUp();
        kept.close();
    }
}
