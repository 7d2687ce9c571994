package dev.tierway.adapter.persistence.sqlite;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How the embedded store works.
 *
 * @param queue most writes that wait; more are counted as lost
 * @param linger how long the first write of a group waits for company
 * @param busy how long to wait for another process that writes to the same file
 * @param readers threads, each with a connection, that look things up
 * @param closing how long {@code close} may take to write what still waits
 */
public record SqliteOptions(Path path, int queue, Duration linger, Duration busy, int readers, Duration closing) {
    public SqliteOptions {
        if (queue < 1 || readers < 1) {
            throw new IllegalArgumentException("queue and readers must be 1 or more, not " + queue + " and " + readers);
        }
    }

    /** How long a write that somebody waits for may take: longer than another process may hold the file. */
    Duration confirming() {
        return busy.multipliedBy(3);
    }

    public static SqliteOptions at(Path path) {
        return new SqliteOptions(path, 65_536, Duration.ofMillis(5), Duration.ofSeconds(2), 2, Duration.ofSeconds(10));
    }
}
