package dev.tierway.adapter.http;

import dev.tierway.adapter.http.server.HttpLimits;
import dev.tierway.adapter.http.server.ServerTls;
import org.jspecify.annotations.Nullable;

/**
 * Where and how the API port is served.
 *
 * @param bind address to listen on
 * @param port 0 chooses a free one
 * @param loops event loops that serve it
 * @param cleartextHttp2 whether HTTP/2 is spoken without TLS; only for trusted networks, because until a connection's
 *     first request is complete nothing limits how long it may take
 * @param tls null: none is spoken
 */
public record GatewaySettings(
        String bind,
        int port,
        int loops,
        boolean cleartextHttp2,
        @Nullable ServerTls tls,
        HttpLimits limits) {
    public static final GatewaySettings DEFAULTS = new GatewaySettings(
            "127.0.0.1", 8080, Runtime.getRuntime().availableProcessors(), false, null, HttpLimits.DEFAULTS);

    /** Without TLS. */
    public GatewaySettings(String bind, int port, int loops, boolean cleartextHttp2, HttpLimits limits) {
        this(bind, port, loops, cleartextHttp2, null, limits);
    }

    /** @throws IllegalArgumentException for a port that can't be one, or no event loop */
    public GatewaySettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("server.port must be 0 to 65535, not " + port);
        }
        if (loops < 1) {
            throw new IllegalArgumentException("a server needs at least one event loop, not " + loops);
        }
    }

    public GatewaySettings withPort(int newPort) {
        return new GatewaySettings(bind, newPort, loops, cleartextHttp2, tls, limits);
    }

    public GatewaySettings withBind(String newBind) {
        return new GatewaySettings(newBind, port, loops, cleartextHttp2, tls, limits);
    }
}
