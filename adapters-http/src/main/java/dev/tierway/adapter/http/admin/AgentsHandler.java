package dev.tierway.adapter.http.admin;

import dev.tierway.adapter.http.server.Endpoint;
import dev.tierway.adapter.http.server.Exchange;
import dev.tierway.adapter.http.server.QueryString;
import dev.tierway.application.port.in.AgentsStatus;
import dev.tierway.application.port.in.OperateFleet;
import dev.tierway.application.port.in.OperatorActions;
import dev.tierway.application.port.in.QueryAgents;
import dev.tierway.domain.operator.OperatorOrder.Topic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who is held, what agents have used and what is left to them. */
final class AgentsHandler {
    private final QueryAgents agents;
    private final OperateFleet fleet;

    AgentsHandler(QueryAgents agents, OperateFleet fleet) {
        this.agents = agents;
        this.fleet = fleet;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/admin/agents", this::agents).evenWhileDraining(),
                Endpoint.get("/admin/agents/metrics", this::metrics).evenWhileDraining());
    }

    private void agents(Exchange exchange) {
        QueryString.of(exchange, List.of());
        Answers.json(exchange, fleet.actions(1).thenCombine(agents.agents(), AgentsHandler::document));
    }

    private static Map<String, @Nullable Object> document(OperatorActions actions, AgentsStatus status) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put(
                "held",
                actions.inForce().stream()
                        .filter(action -> action.action().equals(Topic.HOLD.id()))
                        .toList());
        document.put("scopes", status.scopes());
        document.put("loops", status.loops());
        document.put("warn_at", status.warnAt());
        document.put("problem", status.problem());
        return document;
    }

    private void metrics(Exchange exchange) {
        QueryString query = QueryString.of(exchange, List.of("agent"));
        Answers.json(exchange, agents.metrics(query.text("agent")));
    }
}
