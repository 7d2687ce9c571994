package dev.tierway.adapter.persistence.sqlite;

import dev.tierway.adapter.persistence.ManualClock;
import dev.tierway.application.port.out.ExpiredReservations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.ZoneOffset;

/** An embedded quota store with its database. */
record QuotaFiles(Path path, SqliteDatabase database, EmbeddedQuotaStore store) implements AutoCloseable {
    static QuotaFiles open(Path path, ManualClock clock, Duration reservation, ExpiredReservations expired) {
        SqliteDatabase database = SqliteDatabase.open(
                new SqliteOptions(path, 65_536, Duration.ofMillis(5), Duration.ofSeconds(1), 1, Duration.ofSeconds(5)));
        return new QuotaFiles(
                path, database, EmbeddedQuotaStore.open(database, clock, clock, ZoneOffset.UTC, reservation, expired));
    }

    /** What a crash would leave behind: the files as they are at this moment, with that much of the newest cut off. */
    static Path asCrashed(Path path, Path to, long torn) {
        try {
            Files.copy(path, to, StandardCopyOption.REPLACE_EXISTING);
            byte[] log = Files.readAllBytes(wal(path));
            Files.write(wal(to), java.util.Arrays.copyOf(log, (int) Math.max(0, log.length - torn)));
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path wal(Path path) {
        return path.resolveSibling(path.getFileName() + "-wal");
    }

    @Override
    public void close() {
        store.close();
        database.close();
    }
}
