package dev.tierway.adapter.http.admin;

import dev.tierway.adapter.http.server.HttpLimits;
import org.jspecify.annotations.Nullable;

/**
 * Where and how the admin port is served.
 *
 * @param bind address to listen on; without a token only loopback is allowed
 * @param port 0 chooses a free one
 * @param token null: whoever reaches the port may use it
 */
public record AdminSettings(String bind, int port, @Nullable AdminToken token, HttpLimits limits) {
    public static final AdminSettings DEFAULTS = new AdminSettings("127.0.0.1", 8081, null, HttpLimits.DEFAULTS);

    /** @throws IllegalArgumentException for a port that can't be one, or an open door to the network */
    public AdminSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("server.admin.port must be 0 to 65535, not " + port);
        }
        if (token == null && !Loopback.isLoopback(bind)) {
            throw new IllegalArgumentException("server.admin.bind '" + bind
                    + "' is reachable from the network: set auth.admin-token, or bind 127.0.0.1");
        }
    }

    public AdminSettings withPort(int newPort) {
        return new AdminSettings(bind, newPort, token, limits);
    }
}
