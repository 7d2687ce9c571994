package dev.tierway.adapter.http.admin;

import dev.tierway.adapter.http.server.HttpProblem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who may pass the admin port's door. */
final class AdminDoor implements Consumer<HttpServerRequest> {
    private final @Nullable AdminToken token;

    AdminDoor(@Nullable AdminToken token) {
        this.token = token;
    }

    /** @throws HttpProblem 401 or 403 */
    @Override
    public void accept(HttpServerRequest request) {
        if (token == null) {
            requireLocalHost(request.authority());
        } else {
            requireToken(request.headers().getAll(HttpHeaders.AUTHORIZATION), token);
        }
    }

    /** A web page can make a browser send requests here under a name of its own; such a name is never loopback's. */
    private static void requireLocalHost(@Nullable HostAndPort authority) {
        if (authority == null || !Loopback.isLoopback(authority.host())) {
            throw HttpProblem.of(
                    403,
                    "not_allowed",
                    "Without a token the admin port answers only under localhost, 127.0.0.1 or [::1].");
        }
    }

    private static void requireToken(List<String> authorizations, AdminToken token) {
        if (authorizations.size() != 1 || !token.opens(authorizations.getFirst())) {
            throw HttpProblem.of(
                    401, "invalid_api_key", "Send the admin token in one header 'authorization: Bearer TOKEN'.");
        }
    }
}
