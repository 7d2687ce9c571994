package dev.tierway.adapter.http;

import dev.tierway.adapter.http.server.Exchange;
import dev.tierway.adapter.http.server.QueryString;
import dev.tierway.application.explain.DecisionExplainer;
import dev.tierway.application.port.in.ExplainRouting;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.routing.Choice;
import dev.tierway.domain.routing.Rejection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers {@code POST /v1/route/explain}: the decision a body would get, without calling anybody. */
final class ExplainHandler {
    private final ExplainRouting routing;

    ExplainHandler(ExplainRouting routing) {
        this.routing = routing;
    }

    void handle(Exchange exchange) {
        QueryString query = QueryString.of(exchange, List.of("why_not"));
        exchange.readBody(body -> {
            Selection selection = routing.explain(ChatCall.read(exchange, body).command());
            Map<String, Object> document =
                    new LinkedHashMap<>(DecisionExplainer.document(selection).json());
            String whyNot = query.text("why_not");
            if (whyNot != null) {
                document.put("why_not", whyNot(whyNot, selection));
            }
            exchange.json(200, document);
        });
    }

    private static Map<String, Object> whyNot(String replica, Selection selection) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("replica", replica);
        Choice choice = selection.rounds().getFirst().choice();
        for (Choice.Verdict verdict : choice.verdicts()) {
            if (verdict.replica().replica().id().value().equals(replica)) {
                answer.put("verdict", verdict(choice, verdict));
                answer.put(
                        "reasons",
                        verdict.rejections().stream().map(Rejection::code).toList());
                return answer;
            }
        }
        // Not of the asked tier, use case, model or route; or there is no such replica at all.
        answer.put("verdict", "no_candidate");
        answer.put("reasons", List.of());
        return answer;
    }

    private static String verdict(Choice choice, Choice.Verdict verdict) {
        boolean won = choice instanceof Choice.Chosen chosen
                && chosen.replica()
                        .replica()
                        .id()
                        .equals(verdict.replica().replica().id());
        return won ? "chosen" : verdict.eligible() ? "eligible" : "rejected";
    }
}
