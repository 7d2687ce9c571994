package dev.tierway.adapter.persistence.postgresql;

import dev.tierway.adapter.persistence.ManualClock;
import dev.tierway.application.port.out.QuotaStore;
import dev.tierway.application.port.out.Reservation;
import dev.tierway.application.port.out.VendorObservation;
import dev.tierway.domain.call.Action;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Floor;
import dev.tierway.domain.quota.Left;
import dev.tierway.domain.quota.Raised;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The store on a server whose clock the test moves: the function that tells the time is replaced in the test's database. What
 * is over is swept before each step, so that nothing depends on when.
 */
final class ClockedQuotaStore implements QuotaStore {
    private final PostgresQuotaStore store;
    private final ManualClock clock;
    private final Connection connection;
    private final PreparedStatement set;
    private long nanos;
    private long millis;

    ClockedQuotaStore(PostgresQuotaStore store, ManualClock clock, String database) {
        this.store = store;
        this.clock = clock;
        this.connection = PostgresServer.connection(database);
        try {
            this.set = connection.prepareStatement("UPDATE test_clock SET nanos = ?, millis = ? RETURNING"
                    + " EXISTS (SELECT FROM quota_reservation WHERE until <= nanos AND NOT ended)"
                    + " OR EXISTS (SELECT FROM quota_call WHERE until <= nanos)"
                    + " OR EXISTS (SELECT FROM gateway_instance WHERE until <= nanos)");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Once per database, after its tables were made. */
    static void replaceClock(String database) {
        PostgresServer.execute(
                database,
                "CREATE UNLOGGED TABLE test_clock (nanos bigint, millis bigint)",
                "INSERT INTO test_clock VALUES (0, 0)",
                "CREATE OR REPLACE FUNCTION quota_clock(OUT nanos bigint, OUT millis bigint) LANGUAGE sql VOLATILE AS"
                        + " 'SELECT c.nanos, c.millis FROM test_clock c'");
    }

    /** Tells the server the time, and ends what is over by then. */
    synchronized void tick() {
        if (nanos == clock.nanos() && millis == clock.epochMillis()) {
            return;
        }
        nanos = clock.nanos();
        millis = clock.epochMillis();
        try {
            set.setLong(1, nanos);
            set.setLong(2, millis);
            boolean due;
            try (ResultSet row = set.executeQuery()) {
                row.next();
                due = row.getBoolean(1);
            }
            if (due) {
                store.sweep();
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public CompletionStage<Result> reserve(Reservation reservation) {
        tick();
        return store.reserve(reservation);
    }

    @Override
    public CompletionStage<@Nullable Void> settle(AttemptId attempt, Amounts actual) {
        tick();
        return store.settle(attempt, actual);
    }

    @Override
    public CompletionStage<@Nullable Void> settleUnknown(AttemptId attempt, Amounts seen) {
        tick();
        return store.settleUnknown(attempt, seen);
    }

    @Override
    public CompletionStage<@Nullable Void> refund(AttemptId attempt, Action.Refund.Extent extent) {
        tick();
        return store.refund(attempt, extent);
    }

    @Override
    public CompletionStage<@Nullable Void> finish(String callId) {
        tick();
        return store.finish(callId);
    }

    @Override
    public CompletionStage<@Nullable Void> observe(@Nullable AttemptId attempt, List<VendorObservation> seen) {
        tick();
        return store.observe(attempt, seen);
    }

    @Override
    public CompletionStage<List<Left>> left(List<Descriptor> descriptors) {
        tick();
        return store.left(descriptors);
    }

    @Override
    public CompletionStage<List<Raised>> raise(List<Floor> floors) {
        tick();
        return store.raise(floors);
    }

    @Override
    public void close() {
        store.close();
        try {
            connection.close();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
