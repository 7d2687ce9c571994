package dev.tierway.adapter.http.admin;

import dev.tierway.adapter.http.server.HttpLimits;
import dev.tierway.adapter.http.server.ServerTls;
import org.jspecify.annotations.Nullable;

/**
 * Where and how the admin port is served.
 *
 * @param bind address to listen on; but for loopback it needs a token, and TLS spoken here or before
 * @param port 0 chooses a free one
 * @param token null: whoever reaches the port may use it
 * @param tls null: none is spoken here
 * @param terminated whether somebody before this port speaks TLS
 */
public record AdminSettings(
        String bind,
        int port,
        @Nullable AdminToken token,
        @Nullable ServerTls tls,
        boolean terminated,
        HttpLimits limits) {
    public static final AdminSettings DEFAULTS = new AdminSettings("127.0.0.1", 8081, null, HttpLimits.DEFAULTS);

    /** @throws IllegalArgumentException for a port that can't be one, or an open door to the network */
    public AdminSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("server.admin.port must be 0 to 65535, not " + port);
        }
        if (!Loopback.isLoopback(bind)) {
            if (token == null) {
                throw new IllegalArgumentException("server.admin.bind '" + bind
                        + "' is reachable from the network: set auth.admin-token, or bind 127.0.0.1");
            }
            if (tls == null && !terminated) {
                throw new IllegalArgumentException("server.admin.bind '" + bind
                        + "' is reachable from the network, where the token can be read on its way: set"
                        + " server.admin.tls to certificate and key, or to terminated if a proxy speaks TLS before it");
            }
        }
    }

    /** Without TLS. */
    public AdminSettings(String bind, int port, @Nullable AdminToken token, HttpLimits limits) {
        this(bind, port, token, null, false, limits);
    }

    public AdminSettings withPort(int newPort) {
        return new AdminSettings(bind, newPort, token, tls, terminated, limits);
    }
}
