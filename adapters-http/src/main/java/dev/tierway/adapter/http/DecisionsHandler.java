package dev.tierway.adapter.http;

import dev.tierway.adapter.http.server.Exchange;
import dev.tierway.adapter.http.server.HttpProblem;
import dev.tierway.adapter.http.server.QueryString;
import dev.tierway.application.explain.DecisionDocument;
import dev.tierway.application.port.in.QueryDecisions;
import dev.tierway.application.port.out.DecisionLog;
import dev.tierway.application.port.out.WallClock;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Answers {@code GET /v1/route/decisions} and {@code GET /v1/route/decisions/{id}}. */
final class DecisionsHandler {
    static final List<String> PARAMETERS =
            List.of("since", "until", "status", "code", "model", "replica", "agent", "spilled", "limit", "cursor");
    static final List<String> PARAMETERS_OF_ONE = List.of("replay");
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;

    private final QueryDecisions decisions;
    private final WallClock clock;

    DecisionsHandler(QueryDecisions decisions, WallClock clock) {
        this.decisions = decisions;
        this.clock = clock;
    }

    void one(Exchange exchange) {
        String id = exchange.pathRest();
        QueryString query = QueryString.of(exchange, PARAMETERS_OF_ONE);
        boolean replay = Boolean.TRUE.equals(query.flag("replay"));
        answer(
                exchange,
                decisions.decision(exchange.caller(), id, replay),
                found -> exchange.json(200, document(id, found)));
    }

    private static Map<String, ?> document(String id, Optional<DecisionDocument> found) {
        return found.orElseThrow(() -> HttpProblem.of(
                        404,
                        "not_found",
                        "No decision '" + id + "' is kept: the newest are, and failed and spilled ones longer."))
                .json();
    }

    void list(Exchange exchange) {
        QueryString query = QueryString.of(exchange, PARAMETERS);
        long now = clock.epochMillis();
        DecisionLog.Query asked = new DecisionLog.Query(
                query.epochMillis("since", now),
                query.epochMillis("until", now),
                query.text("status"),
                query.text("code"),
                query.text("model"),
                query.text("replica"),
                query.text("agent"),
                query.flag("spilled"),
                query.number("limit", 1, MAX_LIMIT, DEFAULT_LIMIT),
                query.text("cursor"));
        answer(exchange, decisions.decisions(exchange.caller(), asked), page -> exchange.json(200, page(page)));
    }

    private static Map<String, Object> page(DecisionLog.Page page) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("data", page.data().stream().map(DecisionDocument::json).toList());
        json.put("next_cursor", page.nextCursor());
        return json;
    }

    /** Goes on with what a store answers, back on the request's own event loop. */
    private static <T> void answer(Exchange exchange, CompletionStage<T> stage, Consumer<T> then) {
        Future.fromCompletionStage(stage, exchange.context())
                .onSuccess(value -> exchange.guarded(() -> then.accept(value)))
                .onFailure(exchange::fail);
    }
}
