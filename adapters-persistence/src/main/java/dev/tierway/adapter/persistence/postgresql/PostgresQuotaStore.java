package dev.tierway.adapter.persistence.postgresql;

import dev.tierway.adapter.persistence.guard.RemoteQuotaStore;
import dev.tierway.application.port.out.ExpiredReservations;
import dev.tierway.application.port.out.Reservation;
import dev.tierway.application.port.out.VendorObservation;
import dev.tierway.application.port.out.WallClock;
import dev.tierway.domain.call.Action;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Floor;
import dev.tierway.domain.quota.Left;
import dev.tierway.domain.quota.Raised;
import dev.tierway.domain.quota.Side;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Limits shared by all gateways on one PostgreSQL. Each step is one call of a function on the server: rows are locked in the
 * order of their keys, the server's clock decides, all or nothing. The functions compute what the domain computes; a test
 * compares them.
 *
 * <p>What holds money is on disk when the answer comes. Rates and concurrency may be forgotten if the server crashes within
 * a moment of the answer: they heal by themselves.
 */
public final class PostgresQuotaStore implements RemoteQuotaStore {
    private static final CompletionStage<Result> NOTHING_ASKED =
            CompletableFuture.completedStage(new Result.Granted(List.of()));
    private static final CompletionStage<@Nullable Void> DONE = CompletableFuture.completedStage(null);
    /** A wait for windows around the server's time, a lease that ran out meanwhile, and one for luck. */
    private static final int TRIES = 4;
    /** As many calls are remembered as unfinished because the server was down; the others' concurrency expires. */
    private static final int MOST_HOLDING = 100_000;

    private final PostgresDatabase database;
    private final Runnable closing;
    private final WallClock clock;
    private final QuotaSql sql;
    private final Leases leases;
    private final QuotaKeeper keeper;
    /** Calls whose caller's concurrency may be held: the others needn't be finished on the server. */
    private final Set<String> holding = ConcurrentHashMap.newKeySet();

    /**
     * @param database whose connections it uses
     * @param closing done when this is closed; closes the database if nobody else uses it
     * @param clock only says around which time calendar windows may be wanted; the server's clock decides
     * @param zone where the days and months of budgets begin
     * @param expired told of reservations nobody settled in time
     */
    public PostgresQuotaStore(
            PostgresDatabase database,
            Runnable closing,
            WallClock clock,
            ZoneId zone,
            QuotaTimes times,
            String instance,
            ExpiredReservations expired) {
        this.database = database;
        this.closing = closing;
        this.clock = clock;
        this.sql = new QuotaSql(zone, times.reservation(), times.remember());
        this.leases = new Leases(database, instance, times.lease());
        this.keeper = new QuotaKeeper(database, leases, times, expired);
    }

    /** Leaves the database open when it is closed. */
    public PostgresQuotaStore(
            PostgresDatabase database,
            WallClock clock,
            ZoneId zone,
            QuotaTimes times,
            String instance,
            ExpiredReservations expired) {
        this(database, () -> {}, clock, zone, times, instance, expired);
    }

    /** Starts to renew its lease and to sweep. */
    public void start() {
        keeper.start();
    }

    @Override
    public CompletionStage<Result> reserve(Reservation asked) {
        if (asked.descriptors().isEmpty()) {
            return NOTHING_ASKED;
        }
        for (Descriptor descriptor : asked.descriptors()) {
            if (isCallersConcurrency(descriptor)) {
                holding.add(asked.attempt().callId());
            }
        }
        return database.run(
                on -> patient(around -> sql.reserve(on, asked, leases.instance(on), around), () -> leases.beat(on)));
    }

    private static boolean isCallersConcurrency(Descriptor descriptor) {
        return descriptor.side() == Side.CALLER && descriptor.limit().dimension() == Dimension.CONCURRENCY;
    }

    /** Something that needs to know around which time windows are wanted. */
    private interface Around<T> {
        T ask(long millis) throws SQLException;
    }

    private interface Beat {
        void beat() throws SQLException;
    }

    /** Gives the server what it finds missing: windows around its own time, or a lease. */
    private <T> T patient(Around<T> asking, Beat lease) throws SQLException {
        long around = clock.epochMillis();
        for (int tried = 1; ; tried++) {
            try {
                return asking.ask(around);
            } catch (SQLException e) {
                if (tried == TRIES) {
                    throw e;
                } else if (QuotaSql.OTHER_WINDOWS.equals(e.getSQLState())) {
                    around = PostgresFault.detail(e);
                } else if (QuotaSql.LEASE_OVER.equals(e.getSQLState())) {
                    lease.beat();
                } else {
                    throw e;
                }
            }
        }
    }

    @Override
    public CompletionStage<@Nullable Void> settle(AttemptId attempt, Amounts actual) {
        return database.step(on -> sql.end(on, attempt, QuotaSql.SETTLED, actual));
    }

    @Override
    public CompletionStage<@Nullable Void> settleUnknown(AttemptId attempt, Amounts seen) {
        return database.step(on -> sql.end(on, attempt, QuotaSql.UNKNOWN, seen));
    }

    @Override
    public CompletionStage<@Nullable Void> refund(AttemptId attempt, Action.Refund.Extent extent) {
        int ending = switch (extent) {
            case ALL -> QuotaSql.REFUNDED;
            case ALL_BUT_REQUEST -> QuotaSql.REFUNDED_BUT_REQUEST;
        };
        return database.step(on -> sql.end(on, attempt, ending, null));
    }

    @Override
    public CompletionStage<@Nullable Void> finish(String callId) {
        if (!holding.remove(callId)) {
            return DONE;
        }
        return database.step(on -> QuotaSql.finish(on, callId)).whenComplete((done, error) -> {
            if (error != null && holding.size() < MOST_HOLDING) {
                holding.add(callId);
            }
        });
    }

    @Override
    public CompletionStage<@Nullable Void> observe(@Nullable AttemptId attempt, List<VendorObservation> seen) {
        return seen.isEmpty() ? DONE : database.step(on -> QuotaSql.observe(on, attempt, seen));
    }

    @Override
    public CompletionStage<List<Left>> left(List<Descriptor> descriptors) {
        return descriptors.isEmpty()
                ? CompletableFuture.completedStage(List.of())
                : database.run(on -> patient(around -> sql.left(on, descriptors, around), () -> leases.beat(on)));
    }

    @Override
    public CompletionStage<List<Raised>> raise(List<Floor> floors) {
        return floors.isEmpty()
                ? CompletableFuture.completedStage(List.of())
                : database.run(on -> QuotaSql.raise(on, floors));
    }

    @Override
    public CompletionStage<@Nullable Void> ping() {
        return database.ping();
    }

    /** Whether the server did what was last asked of it. */
    public boolean storeUp() {
        return database.storeUp();
    }

    /** What went wrong last; null if nothing did since something went right. */
    public @Nullable String problem() {
        return database.problem();
    }

    /** As of its last heartbeat. */
    @Override
    public int liveInstances() {
        return leases.live();
    }

    /** Frees what silent gateways hold and ends what expired, at once. Waits for the server: not for event loops. */
    void sweep() throws SQLException {
        keeper.sweep();
    }

    /** Drops what nobody needs any more, at once. */
    void forget() throws SQLException {
        keeper.forget();
    }

    /** Renews the lease at once. */
    void beat() throws SQLException {
        database.stepNow(leases::beat);
    }

    /** Gives its lease back; what is open expires in time. */
    @Override
    public void close() {
        keeper.close();
        leases.leave();
        closing.run();
    }
}
