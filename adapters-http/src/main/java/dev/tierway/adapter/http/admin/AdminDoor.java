package dev.tierway.adapter.http.admin;

import dev.tierway.adapter.http.server.Admission;
import dev.tierway.adapter.http.server.Exchange;
import dev.tierway.adapter.http.server.HttpProblem;
import dev.tierway.application.access.Caller;
import dev.tierway.application.access.KeyScope;
import dev.tierway.application.port.in.Authenticate;
import dev.tierway.application.port.in.Authenticate.Known;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who may pass the admin port's door: whoever has its token, or an API key with the scope {@code admin}. */
final class AdminDoor implements Admission {
    private static final String SCHEME = "Bearer ";
    private static final CharSequence CHALLENGE = HttpHeaders.createOptimized("www-authenticate");

    private final @Nullable AdminToken token;
    private final Authenticate keys;

    AdminDoor(@Nullable AdminToken token, Authenticate keys) {
        this.token = token;
        this.keys = keys;
    }

    /** @throws HttpProblem 401 or 403 */
    @Override
    public void admit(Exchange exchange, boolean open) {
        if (token == null) {
            requireLocalHost(exchange.request().authority(), "Without a token the admin port");
        } else if (!open) {
            exchange.caller(known(exchange, token));
        }
    }

    /** Who came in, for the audit trail. */
    String of(Exchange exchange) {
        String key = exchange.caller().key();
        return key != null ? "key:" + key : token == null ? "local" : "admin";
    }

    /** A web page can make a browser send requests here under a name of its own; such a name is never loopback's. */
    static void requireLocalHost(@Nullable HostAndPort authority, String who) {
        if (authority == null || !Loopback.isLoopback(authority.host())) {
            throw HttpProblem.of(403, "not_allowed", who + " answers only under localhost, 127.0.0.1 or [::1].");
        }
    }

    private Caller known(Exchange exchange, AdminToken required) {
        List<String> authorizations = exchange.request().headers().getAll(HttpHeaders.AUTHORIZATION);
        String only = authorizations.size() == 1 ? authorizations.getFirst() : null;
        if (only != null && required.opens(only)) {
            return Caller.ANYONE;
        }
        if (only != null
                && only.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && keys.verdict(only.substring(SCHEME.length()).strip()) instanceof Known(Caller caller)) {
            if (caller.may(KeyScope.ADMIN)) {
                return caller;
            }
            throw HttpProblem.of(
                    403, "not_allowed", "API key '" + caller.key() + "' lacks the scope 'admin': use one that has it.");
        }
        exchange.request().response().putHeader(CHALLENGE, "Bearer");
        throw HttpProblem.of(
                401,
                "invalid_api_key",
                "Send the admin token, or an API key with the scope 'admin', in one header"
                        + " 'authorization: Bearer TOKEN'.");
    }
}
