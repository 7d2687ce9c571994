package dev.tierway.adapter.persistence.sqlite;

import dev.tierway.adapter.persistence.StoreException;
import dev.tierway.application.port.out.WallClock;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the file knows of limits when a process takes it over. All of it is done by the writer thread. */
final class KeptQuota implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeptQuota.class);
    private static final int FORGOTTEN_AT_ONCE = 5000;

    /** Usage, and reservations cut off with the process before. */
    record Found(List<UsageRow> usages, List<OpenReservations.CutOff> cutOff) {}

    private final SqliteDatabase database;
    private final FileClaim claim;
    private final WallClock clock;

    /** @param reservationMillis how long a reservation may wait for its end */
    KeptQuota(SqliteDatabase database, WallClock clock, long reservationMillis) {
        this.database = database;
        this.claim = new FileClaim(database.file());
        this.clock = clock;
        // A reservation still open may yet change a limit at rest, but none that old is.
        database.chore(on -> QuotaSql.forget(clock.epochMillis() - reservationMillis, FORGOTTEN_AT_ONCE, on));
    }

    /** Takes the file over. Fails with {@link StoreException} while another process has it. */
    CompletionStage<Found> takeOver() {
        return database.write(this::claimed)
                .thenApply(found -> found.orElseThrow(
                        () -> new StoreException("another gateway counts long limits and budgets in " + database.file()
                                + ": let several share them through storage.quota.store: redis or postgresql, or give"
                                + " each its own storage.ledger.path")));
    }

    /** Empty if another has it: that is no mistake of the write. */
    private Optional<Found> claimed(Statements on) throws SQLException {
        try {
            return claim.acquire()
                    ? Optional.of(new Found(QuotaSql.inUse(clock.epochMillis(), on), OpenReservations.withoutEnd(on)))
                    : Optional.empty();
        } catch (IOException e) {
            throw new StoreException("can't lock " + database.file() + " for the usage of limits: " + e, e);
        }
    }

    /** After they are in the account book. */
    void forgetOpen() {
        database.submit(on -> on.execute("DELETE FROM quota_open"));
    }

    @Override
    public void close() {
        try {
            claim.close();
        } catch (IOException e) {
            LOG.warn("releasing {}", database.file(), e);
        }
    }
}
