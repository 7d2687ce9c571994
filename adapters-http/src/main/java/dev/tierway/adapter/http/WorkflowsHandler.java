package dev.tierway.adapter.http;

import dev.tierway.adapter.http.server.Exchange;
import dev.tierway.adapter.http.server.Json;
import dev.tierway.application.access.Caller;
import dev.tierway.application.access.KeyScope;
import dev.tierway.application.port.in.QueryWorkflows;
import dev.tierway.application.port.in.ResumePoint;
import dev.tierway.application.port.out.Checkpoint;
import dev.tierway.application.port.out.SharedState;
import dev.tierway.domain.money.NanoUsd;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers {@code GET /v1/workflows/{id}}: where a workflow goes on, and the state its agents share. Replies aren't shown. */
final class WorkflowsHandler {
    private final QueryWorkflows workflows;

    WorkflowsHandler(QueryWorkflows workflows) {
        this.workflows = workflows;
    }

    void one(Exchange exchange) {
        Caller caller = exchange.caller();
        Future.fromCompletionStage(workflows.resumePoint(caller.key(), exchange.pathRest()), exchange.context())
                .onSuccess(point ->
                        exchange.guarded(() -> exchange.json(200, json(point, caller.may(KeyScope.EXPLAIN)))))
                .onFailure(exchange::fail);
    }

    private static Map<String, @Nullable Object> json(ResumePoint point, boolean explained) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("workflow", point.workflow());
        json.put("last_step", point.lastStep());
        json.put(
                "completed",
                point.completed().stream().map(done -> step(done, explained)).toList());
        json.put("state", state(point.state()));
        return json;
    }

    private static Map<String, @Nullable Object> step(Checkpoint checkpoint, boolean explained) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("step", checkpoint.step().step());
        json.put("agent", checkpoint.agent());
        json.put("call", checkpoint.callId());
        if (explained) {
            json.put("replica", checkpoint.replica());
            json.put("failed_replicas", checkpoint.failedReplicas());
        }
        json.put("tokens", Map.of("input", checkpoint.inputTokens(), "output", checkpoint.outputTokens()));
        if (explained) {
            Long cost = checkpoint.costNanoUsd();
            json.put("cost_usd", cost == null ? null : new NanoUsd(cost).toDecimalString());
        }
        json.put("state_version", checkpoint.stateVersion());
        json.put("at", Instant.ofEpochMilli(checkpoint.endedEpochMillis()).toString());
        return json;
    }

    private static @Nullable Map<String, @Nullable Object> state(@Nullable SharedState state) {
        if (state == null) {
            return null;
        }
        byte[] value = state.json().getBytes(StandardCharsets.UTF_8);
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("version", state.version());
        json.put("value", Json.tree(value, 0, value.length, "state"));
        json.put("agent", state.agent());
        json.put("at", Instant.ofEpochMilli(state.atEpochMillis()).toString());
        return json;
    }
}
