package dev.tierway.adapter.http;

import dev.tierway.adapter.http.server.Exchange;
import dev.tierway.application.access.KeyScope;
import dev.tierway.application.port.in.QueryFleet;
import dev.tierway.application.port.in.QueryStores;
import dev.tierway.application.port.in.ReplicaStatus;
import dev.tierway.application.port.in.Status;
import dev.tierway.application.port.in.StoreStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code GET /livez} and {@code GET /readyz}, for whatever starts, stops and balances gateways. Whoever may not see the
 * fleet hears no more than the status.
 */
final class HealthHandler {
    private static final String READY = "ready";

    private final QueryFleet fleet;
    private final QueryStores stores;
    private final BooleanSupplier draining;

    HealthHandler(QueryFleet fleet, QueryStores stores, BooleanSupplier draining) {
        this.fleet = fleet;
        this.stores = stores;
        this.draining = draining;
    }

    void live(Exchange exchange) {
        exchange.json(200, Map.of("status", "live"));
    }

    /** Dead replicas don't make a gateway unready: another instance would have the same ones. */
    void ready(Exchange exchange) {
        List<ReplicaStatus> replicas = fleet.fleet().replicas();
        boolean configured = !replicas.isEmpty();
        List<StoreStatus> troubled = stores.stores().stream()
                .filter(store -> !store.up() || store.lost() > 0)
                .toList();
        String status = status(configured, troubled);
        boolean ready = status.equals(READY);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("status", status);
        if (!exchange.caller().may(KeyScope.EXPLAIN)) {
            exchange.json(ready ? 200 : 503, json);
            return;
        }
        json.put(
                "degraded",
                replicas.stream()
                        .filter(HealthHandler::unwell)
                        .map(HealthHandler::brief)
                        .toList());
        json.put("stores", troubled.stream().map(HealthHandler::brief).toList());
        exchange.json(ready ? 200 : 503, json);
    }

    private String status(boolean configured, List<StoreStatus> troubled) {
        if (!configured) {
            return "no catalogue yet";
        }
        if (draining.getAsBoolean()) {
            return "draining";
        }
        return troubled.stream().anyMatch(store -> store.closes() && !store.up()) ? "store gone" : READY;
    }

    private static boolean unwell(ReplicaStatus replica) {
        return replica.status() == Status.UNHEALTHY || replica.status() == Status.DEGRADED;
    }

    /** A ledger that can't be written keeps rows waiting in memory, and loses some in the end; it stops none. */
    private static Map<String, @Nullable Object> brief(StoreStatus store) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("store", store.store());
        json.put("up", store.up());
        json.put("problem", store.problem());
        json.put("waiting", store.waiting());
        json.put("lost", store.lost());
        return json;
    }

    private static Map<String, Object> brief(ReplicaStatus replica) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("replica", replica.id());
        json.put("status", replica.status().id());
        json.put("circuit", replica.circuit());
        return json;
    }
}
