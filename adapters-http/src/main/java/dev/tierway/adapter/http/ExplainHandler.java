package dev.tierway.adapter.http;

import dev.tierway.adapter.http.anthropic.Messages;
import dev.tierway.adapter.http.server.Exchange;
import dev.tierway.adapter.http.server.QueryString;
import dev.tierway.adapter.http.wire.InboundFormat;
import dev.tierway.application.explain.DecisionExplainer;
import dev.tierway.application.explain.Detail;
import dev.tierway.application.port.in.ExplainRouting;
import dev.tierway.domain.call.Selection;
import java.util.List;

/** Answers {@code POST /v1/route/explain}: the decision a body would get, without calling anybody. */
final class ExplainHandler {
    private final InboundFormat chat;
    private final InboundFormat messages;
    private final ExplainRouting routing;

    /** @param messages for bodies of clients that name Anthropic's version */
    ExplainHandler(InboundFormat chat, InboundFormat messages, ExplainRouting routing) {
        this.chat = chat;
        this.messages = messages;
        this.routing = routing;
    }

    void handle(Exchange exchange) {
        QueryString query = QueryString.of(exchange, List.of("why_not"));
        InboundFormat format = exchange.request().headers().contains(Messages.VERSION_HEADER) ? messages : chat;
        exchange.readBody(body -> {
            Selection selection =
                    routing.explain(ApiCall.read(exchange, format, body).command());
            String whyNot = query.text("why_not");
            if (whyNot == null) {
                exchange.json(200, DecisionExplainer.json(selection));
            } else {
                whyNot(exchange, selection, new Detail(whyNot, false));
            }
        });
    }

    /** Deciding again some hundred times isn't for an event loop. */
    private static void whyNot(Exchange exchange, Selection selection, Detail detail) {
        exchange.context()
                .executeBlocking(() -> DecisionExplainer.json(selection, detail), false)
                .onSuccess(json -> exchange.guarded(() -> exchange.json(200, json)))
                .onFailure(exchange::fail);
    }
}
