package dev.tierway.adapter.http;

import dev.tierway.adapter.http.server.Admission;
import dev.tierway.adapter.http.server.Exchange;
import dev.tierway.adapter.http.server.HttpProblem;
import dev.tierway.adapter.http.server.PresentedKey;
import dev.tierway.application.access.Caller;
import dev.tierway.application.access.KeyScope;
import dev.tierway.application.port.in.Authenticate;
import dev.tierway.application.port.in.Authenticate.Known;
import dev.tierway.application.port.in.Authenticate.Refused;
import dev.tierway.application.port.in.Authenticate.Verdict;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.function.Consumer;

/** Asks callers of the API port for their key. */
final class ApiDoor implements Admission {
    /** Why somebody was refused, beside the reasons a key itself has. */
    static final List<String> REASONS = List.of("missing", "malformed", "unknown", "expired", "revoked", "not_allowed");

    private static final CharSequence CHALLENGE = HttpHeaders.createOptimized("www-authenticate");

    private final Authenticate keys;
    private final Consumer<String> refused;

    private ApiDoor(Authenticate keys, Consumer<String> refused) {
        this.keys = keys;
        this.refused = refused;
    }

    static Admission of(GatewayAccess access) {
        Authenticate keys = access.keys();
        return keys == null ? Admission.EVERYBODY : new ApiDoor(keys, access.refused());
    }

    @Override
    public void admit(Exchange exchange, boolean open) {
        PresentedKey presented = PresentedKey.of(exchange.request().headers());
        String secret = presented.secret();
        Verdict verdict = secret == null ? null : keys.verdict(secret);
        if (verdict instanceof Known(Caller caller)) {
            exchange.caller(caller);
            return;
        }
        exchange.caller(Caller.NOBODY);
        if (open) {
            return;
        }
        if (verdict instanceof Refused(Authenticate.Reason reason)) {
            throw refuse(exchange, reason.id(), words(reason));
        }
        throw presented.several()
                ? refuse(exchange, "malformed", "Send one API key, in one header 'authorization: Bearer KEY'.")
                : refuse(
                        exchange,
                        "missing",
                        "Send an API key, as 'authorization: Bearer KEY' or 'x-api-key: KEY'. Keys in the address"
                                + " aren't read.");
    }

    private static String words(Authenticate.Reason reason) {
        return switch (reason) {
            case UNKNOWN -> "This API key isn't known here: check it, and where it is from.";
            case EXPIRED -> "This API key has expired: ask for another.";
            case REVOKED -> "This API key was revoked: ask for another.";
        };
    }

    private HttpProblem refuse(Exchange exchange, String reason, String words) {
        refused.accept(reason);
        exchange.request().response().putHeader(CHALLENGE, "Bearer");
        return HttpProblem.of(401, "invalid_api_key", words);
    }

    /** A handler for those whose key has that scope. */
    static Consumer<Exchange> needing(KeyScope scope, Consumer<String> refused, Consumer<Exchange> handler) {
        return exchange -> {
            if (!exchange.caller().may(scope)) {
                refused.accept("not_allowed");
                throw HttpProblem.of(
                        403,
                        "not_allowed",
                        "API key '" + exchange.caller().key() + "' lacks the scope '" + scope.id()
                                + "': use a key that has it.");
            }
            handler.accept(exchange);
        };
    }
}
