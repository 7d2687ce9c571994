package dev.tierway.adapter.http;

import dev.tierway.adapter.http.options.CallOptionsReader;
import dev.tierway.adapter.http.server.Exchange;
import dev.tierway.adapter.http.server.HttpProblem;
import dev.tierway.adapter.http.server.Json;
import dev.tierway.adapter.http.wire.InboundFormat;
import dev.tierway.adapter.http.wire.ScannedRequest;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.out.WireRequest;
import dev.tierway.domain.catalogue.Target;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as a command: what was asked of whom, with which options.
 *
 * @param format the one it came in, which the answer goes out in
 */
record ApiCall(InboundFormat format, ScannedRequest asked, CallCommand command) {
    private static final String SESSION_HEADER = "x-session-id";
    private static final String IDEMPOTENCY_HEADER = "idempotency-key";

    /** @throws HttpProblem 400 for what is wrong with body or options, 404 for an address that can't be one */
    static ApiCall read(Exchange exchange, InboundFormat format, byte[] body) {
        ScannedRequest asked = format.scan(body, exchange.caller().salt());
        CallOptions options = options(exchange, asked, body);
        CallCommand command = new CallCommand(
                target(asked.model()),
                asked.payload(),
                asked.facts(),
                options,
                exchange.requestId(),
                exchange.caller(),
                new HttpDetails(exchange.request().headers(), asked));
        return new ApiCall(format, asked, command);
    }

    private static Target target(String address) {
        try {
            return Target.parse(address);
        } catch (IllegalArgumentException e) {
            throw new HttpProblem(404, "model_not_found", "No such model: " + e.getMessage() + ".", "model");
        }
    }

    private static CallOptions options(Exchange exchange, ScannedRequest asked, byte[] body) {
        CallOptionsReader reader = new CallOptionsReader();
        String session = asked.cacheKey();
        String idempotencyKey = null;
        for (Map.Entry<String, String> header : exchange.request().headers()) {
            reader.header(header.getKey(), header.getValue());
            if (header.getKey().equalsIgnoreCase(SESSION_HEADER)) {
                session = header.getValue();
            } else if (header.getKey().equalsIgnoreCase(IDEMPOTENCY_HEADER)) {
                idempotencyKey = header.getValue();
            }
        }
        WireRequest.Span given = asked.options();
        if (given != null) {
            reader.body(Json.tree(body, given.start(), given.end(), "tierway"));
        }
        CallOptions.Builder defaults = defaults(asked.user(), session);
        if (idempotencyKey != null) {
            defaults.idempotencyKey(idempotencyKey);
        }
        return reader.read(defaults);
    }

    /** What members and headers that other gateways know too say of the caller's user and session. */
    private static CallOptions.Builder defaults(@Nullable String user, @Nullable String session) {
        CallOptions.Builder options = CallOptions.builder();
        if (user != null && !user.isBlank()) {
            options.endUser(user);
        }
        if (session != null && !session.isBlank()) {
            options.session(session);
        }
        return options;
    }
}
