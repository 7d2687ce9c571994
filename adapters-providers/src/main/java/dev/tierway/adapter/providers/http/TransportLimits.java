package dev.tierway.adapter.providers.http;

import java.time.Duration;

/**
 * What a vendor may make us hold.
 *
 * @param eventBytes one server-sent event
 * @param bodyBytes a whole unary reply
 * @param errorBytes the body of a refusal; the rest is not read
 * @param headerBytes all headers of a reply
 * @param keepAlive how long an unused connection is kept; below the 5 s after which uvicorn, and so most local servers,
 *     close it, because a request that meets such a close is lost
 */
public record TransportLimits(int eventBytes, int bodyBytes, int errorBytes, int headerBytes, Duration keepAlive) {
    public static final TransportLimits DEFAULTS =
            new TransportLimits(1 << 20, 32 << 20, 64 << 10, 32 << 10, Duration.ofSeconds(4));

    public TransportLimits {
        if (eventBytes < 1 || bodyBytes < 1 || errorBytes < 1 || headerBytes < 1) {
            throw new IllegalArgumentException("transport limits must be 1 byte or more");
        }
        if (keepAlive.toSeconds() < 1) {
            throw new IllegalArgumentException("keep-alive must be 1 s or more");
        }
    }
}
