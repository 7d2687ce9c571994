package dev.tierway;

import java.time.Duration;

/**
 * Where the gateway listens.
 *
 * @param bind address of the API port
 * @param port 0: any free one
 * @param adminPort always on loopback; 0: any free one
 * @param reload when the file is read again by itself
 */
public record ServerConfig(String bind, int port, int adminPort, Limits limits, Reload reload) {
    /** The API on 127.0.0.1:8080, administration on 8081. */
    public static final ServerConfig DEFAULTS =
            new ServerConfig("127.0.0.1", 8080, 8081, Limits.DEFAULTS, Reload.DEFAULTS);

    /** The same on other ports. */
    public ServerConfig withPorts(int newPort, int newAdminPort) {
        return new ServerConfig(bind, newPort, newAdminPort, limits, reload);
    }

    /**
     * Whether the configuration's file is looked at.
     *
     * @param every that often
     */
    public record Reload(boolean watch, Duration every) {
        public static final Reload DEFAULTS = new Reload(false, Duration.ofSeconds(2));
    }

    /**
     * What one client may ask before anything is parsed.
     *
     * @param bodyBytes larger bodies are refused
     * @param headerBytes all header lines together
     * @param uriBytes the request line
     * @param connections open at once
     * @param bodyTimeout from a request's head to the end of its body
     * @param idleTimeout how long a connection may stay without a request
     * @param keepAlive after that much silence a stream gets a comment
     * @param stalled a client that takes nothing of a waiting reply for that long has left
     */
    public record Limits(
            int bodyBytes,
            int headerBytes,
            int uriBytes,
            int connections,
            Duration bodyTimeout,
            Duration idleTimeout,
            Duration keepAlive,
            Duration stalled) {
        public static final Limits DEFAULTS = new Limits(
                32 << 20,
                32 << 10,
                8 << 10,
                20_000,
                Duration.ofSeconds(60),
                Duration.ofSeconds(75),
                Duration.ofSeconds(15),
                Duration.ofSeconds(30));
    }
}
