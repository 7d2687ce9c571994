package dev.tierway.adapter.http;

import dev.tierway.adapter.http.server.Exchange;
import dev.tierway.adapter.http.wire.InboundFormat;
import dev.tierway.application.port.in.ExplainRouting;
import dev.tierway.domain.call.Selection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Answers {@code POST /v1/messages/count_tokens} with the estimate that routing itself goes by, marked as one: asking a
 * vendor would cost a call that only some of a tier's models could answer.
 */
final class CountTokensHandler {
    private final InboundFormat format;
    private final ExplainRouting routing;

    CountTokensHandler(InboundFormat format, ExplainRouting routing) {
        this.format = format;
        this.routing = routing;
    }

    void handle(Exchange exchange) {
        exchange.readBody(body -> {
            Selection selection =
                    routing.explain(ApiCall.read(exchange, format, body).command());
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("input_tokens", selection.features().tokens().input());
            json.put("tierway", Map.of("how", "estimated"));
            exchange.json(200, json);
        });
    }
}
