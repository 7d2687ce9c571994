package dev.tierway.adapter.persistence.postgresql;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which PostgreSQL, and how it is used.
 *
 * @param poolSize most connections at once; work beyond that waits
 * @param connect how long making a connection may take
 * @param acquire how long work waits for a connection before it fails
 * @param statement how long one statement may take on the server
 */
public record PostgresOptions(
        PostgresUrl url,
        @Nullable String user,
        @Nullable String password,
        int poolSize,
        Duration connect,
        Duration acquire,
        Duration statement) {
    public static final int POOL_SIZE = 10;

    public PostgresOptions {
        if (poolSize < 1) {
            throw new IllegalArgumentException("pool-size must be 1 or more, not " + poolSize);
        }
    }

    public static PostgresOptions at(String url, @Nullable String user, @Nullable String password, int poolSize) {
        return new PostgresOptions(
                PostgresUrl.parse(url),
                user,
                password,
                poolSize,
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2));
    }

    /** With another time for an answer altogether: a third of it for a connection, the rest for the statement. */
    public PostgresOptions answering(Duration time) {
        Duration third = time.dividedBy(3);
        return new PostgresOptions(url, user, password, poolSize, connect, third, time.minus(third));
    }

    /** How long an answer may take altogether. */
    public Duration answer() {
        return acquire.plus(statement);
    }

    /** Never tells the password. */
    @Override
    public String toString() {
        return url + (user == null ? "" : " as " + user);
    }
}
