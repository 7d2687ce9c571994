package dev.tierway.adapter.http.admin;

import dev.tierway.adapter.http.server.Endpoint;
import dev.tierway.adapter.http.server.Exchange;
import dev.tierway.adapter.http.server.QueryString;
import dev.tierway.application.port.in.OperateFleet;
import dev.tierway.domain.operator.OperatorOrder.Topic;
import java.util.List;

/** Operators' actions over HTTP. Bodies must be declared as JSON, which no web page can make a browser send unasked. */
final class OperatorHandler {
    private static final int MAX_BODY_BYTES = 16 << 10;
    private static final int MOST_RECENT = 1000;
    private static final int RECENT = 50;

    private final OperateFleet fleet;
    private final AdminDoor door;

    /** @param door knows whom the admin port let in */
    OperatorHandler(OperateFleet fleet, AdminDoor door) {
        this.fleet = fleet;
        this.door = door;
    }

    List<Endpoint> endpoints() {
        return List.of(
                post("/admin/phase", new OperatorOrders(Topic.PHASE, "phase")),
                post("/admin/mark", new OperatorOrders(Topic.MARK, "mark")),
                post("/admin/circuit", new OperatorOrders(Topic.CIRCUIT, "action")),
                post("/admin/rule", new OperatorOrders(Topic.RULE, "enabled")),
                post("/admin/route", new OperatorOrders(Topic.ROUTE, "enabled")),
                post("/admin/strategy", new OperatorOrders(Topic.STRATEGY, "strategy")),
                post("/admin/agents", new OperatorOrders(Topic.HOLD, "state")),
                post("/admin/agents/reset", new OperatorOrders(Topic.RESET, "")),
                post("/admin/agents/limits", new OperatorOrders(Topic.LIMITS, "limits")),
                Endpoint.get("/admin/actions", this::actions).evenWhileDraining());
    }

    private Endpoint post(String path, OperatorOrders orders) {
        return Endpoint.post(
                        path,
                        exchange -> exchange.readBody(
                                MAX_BODY_BYTES,
                                body -> Answers.json(exchange, fleet.operate(orders.read(body, door.of(exchange))))))
                .evenWhileDraining();
    }

    private void actions(Exchange exchange) {
        QueryString query = QueryString.of(exchange, List.of("limit"));
        Answers.json(exchange, fleet.actions(query.number("limit", 1, MOST_RECENT, RECENT)));
    }
}
