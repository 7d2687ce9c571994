package dev.tierway.adapter.http;

import dev.tierway.adapter.http.anthropic.Messages;
import dev.tierway.adapter.http.server.Exchange;
import dev.tierway.adapter.http.server.HttpProblem;
import dev.tierway.adapter.http.server.QueryString;
import dev.tierway.adapter.http.wire.InboundFormat;
import dev.tierway.application.explain.DecisionExplainer;
import dev.tierway.application.explain.Detail;
import dev.tierway.application.port.in.ExplainRouting;
import dev.tierway.domain.call.Selection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers {@code POST /v1/route/explain}: the decision a body would get, without calling anybody. */
final class ExplainHandler {
    private final Map<String, InboundFormat> formats;
    private final ExplainRouting routing;

    /** @param formats of bodies, by the name they are asked for with; the first is meant unless another is named */
    ExplainHandler(Map<String, InboundFormat> formats, ExplainRouting routing) {
        this.formats = formats;
        this.routing = routing;
    }

    void handle(Exchange exchange) {
        QueryString query = QueryString.of(exchange, List.of("why_not", "api"));
        boolean anthropic = exchange.request().headers().contains(Messages.VERSION_HEADER);
        String named = query.text("api");
        InboundFormat format = format(named == null && anthropic ? "messages" : named);
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

    private InboundFormat format(@Nullable String api) {
        InboundFormat format =
                formats.get(api == null ? formats.keySet().iterator().next() : api);
        if (format == null) {
            throw HttpProblem.invalid(
                    "'api' must be one of " + String.join(", ", formats.keySet()) + ", not what was given.", "api");
        }
        return format;
    }

    /** Deciding again some hundred times isn't for an event loop. */
    private static void whyNot(Exchange exchange, Selection selection, Detail detail) {
        exchange.context()
                .executeBlocking(() -> DecisionExplainer.json(selection, detail), false)
                .onSuccess(json -> exchange.guarded(() -> exchange.json(200, json)))
                .onFailure(exchange::fail);
    }
}
