package dev.tierway.adapter.http;

import dev.tierway.adapter.http.server.Exchange;
import dev.tierway.adapter.http.server.HttpProblem;
import dev.tierway.adapter.http.wire.InboundFormat;
import dev.tierway.application.port.in.CallAddress;
import dev.tierway.application.port.in.CallHandle;
import dev.tierway.application.port.in.Via;
import dev.tierway.application.port.out.WallClock;

/**
 * Answers {@code POST} of one wire format that asks a model. Where reading Tierway begins: a body becomes a command, the
 * command a call, and what the call says a reply.
 */
final class CallEndpoint {
    private final InboundFormat format;
    private final CallAddress calls;
    private final Via via;
    private final WallClock clock;

    CallEndpoint(InboundFormat format, CallAddress calls, Via via, WallClock clock) {
        this.via = via;
        this.format = format;
        this.calls = calls;
        this.clock = clock;
    }

    void handle(Exchange exchange) {
        if (via.goesRound(exchange.request().getHeader("via"))) {
            throw HttpProblem.of(
                    508,
                    "routing_loop",
                    "This call has been here before: a provider's base-url leads back to this gateway. Remove it.");
        }
        exchange.readBody(body -> call(exchange, ApiCall.read(exchange, format, body)));
    }

    private void call(Exchange exchange, ApiCall call) {
        CallReply reply = call.asked().stream()
                ? new StreamReply(exchange, call, clock.epochMillis() / 1000)
                : new UnaryReply(exchange, call);
        CallHandle handle = calls.call(call.command(), reply);
        // From here on a client that leaves ends the call, whatever phase it is in.
        exchange.onLeft(handle::leave);
        reply.started(handle);
    }
}
