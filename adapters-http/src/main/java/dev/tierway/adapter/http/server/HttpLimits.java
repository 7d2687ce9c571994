package dev.tierway.adapter.http.server;

import java.time.Duration;

/**
 * What one client may ask of a server before anything is parsed.
 *
 * @param maxBodyBytes larger bodies are refused with 413
 * @param maxHeaderBytes all header lines together; more is refused with 431
 * @param maxUriBytes the request line; longer is refused with 414
 * @param maxConnections open at once on all event loops; more are closed unanswered
 * @param bodyTimeout from a request's head to the end of its body; slower is refused with 408
 * @param idleTimeout how long a connection may stay without a request, counted until the request's head is complete
 * @param keepAlive after that much silence a stream gets a comment
 * @param stalled a client that takes nothing of a waiting reply for that long has left
 */
public record HttpLimits(
        int maxBodyBytes,
        int maxHeaderBytes,
        int maxUriBytes,
        int maxConnections,
        Duration bodyTimeout,
        Duration idleTimeout,
        Duration keepAlive,
        Duration stalled) {
    public static final HttpLimits DEFAULTS = new HttpLimits(
            32 << 20,
            32 << 10,
            8 << 10,
            20_000,
            Duration.ofSeconds(60),
            Duration.ofSeconds(75),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30));

    /** @throws IllegalArgumentException for a limit that isn't positive */
    public HttpLimits {
        if (maxBodyBytes < 1 || maxHeaderBytes < 1 || maxUriBytes < 1 || maxConnections < 1) {
            throw new IllegalArgumentException("server limits must be 1 or more");
        }
        requirePositive("body-timeout", bodyTimeout);
        requirePositive("idle-timeout", idleTimeout);
        requirePositive("keep-alive", keepAlive);
        requirePositive("stalled", stalled);
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException("server limit " + name + " must be more than 0, not " + value);
        }
    }

    /** How often the clocks above are looked at: often enough for the shortest, seldom enough to cost nothing. */
    long sweepMillis() {
        long shortest = Math.min(
                Math.min(bodyTimeout.toMillis(), idleTimeout.toMillis()),
                Math.min(keepAlive.toMillis(), stalled.toMillis()));
        return Math.clamp(shortest / 4, 5, 500);
    }
}
