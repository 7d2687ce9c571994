package dev.tierway.adapter.http.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.adapter.http.server.Endpoint;
import dev.tierway.adapter.http.server.Exchange;
import dev.tierway.adapter.http.server.HttpProblem;
import dev.tierway.adapter.http.server.Json;
import dev.tierway.adapter.http.server.QueryString;
import dev.tierway.application.config.ConfigOrder;
import dev.tierway.application.config.ConfigOutcome;
import dev.tierway.application.port.in.Reconfigure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Has the configuration's file read again, or an earlier one put in force. No configuration ever comes in here. */
final class ConfigHandler {
    private static final int MAX_BODY_BYTES = 16 << 10;
    private static final int MOST = 1000;
    private static final int USUAL = 50;
    private static final String TO = "to";

    private final Reconfigure gateway;
    private final AdminDoor door;

    /** @param door knows whom the admin port let in */
    ConfigHandler(Reconfigure gateway, AdminDoor door) {
        this.gateway = gateway;
        this.door = door;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/admin/config/history", this::history).evenWhileDraining(),
                post("/admin/config/reload", (body, by) -> gateway.reload(order(body, List.of(), by))),
                post(
                        "/admin/config/rollback",
                        (body, by) -> gateway.rollback(number(body), order(body, List.of(TO), by))));
    }

    private interface Ordered {
        CompletionStage<ConfigOutcome> by(JsonNode body, String author);
    }

    private Endpoint post(String path, Ordered order) {
        return Endpoint.post(
                path,
                exchange -> exchange.readBody(
                        MAX_BODY_BYTES,
                        body -> answer(
                                exchange,
                                order.by(Json.document(body), door.of(exchange)),
                                done -> told(exchange, done))));
    }

    private void history(Exchange exchange) {
        QueryString query = QueryString.of(exchange, List.of("limit"));
        answer(
                exchange,
                gateway.history(query.number("limit", 1, MOST, USUAL)),
                found -> exchange.json(
                        200,
                        Map.of(
                                "generations",
                                found.stream().map(GenerationText::of).toList())));
    }

    private static void told(Exchange exchange, ConfigOutcome outcome) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("outcome", outcome.id());
        json.put("generation", outcome.generation());
        switch (outcome) {
            case ConfigOutcome.Applied applied -> {
                json.put("before", applied.before());
                json.put("changes", applied.changes());
                json.put("warnings", applied.warnings());
                exchange.json(200, json);
            }
            case ConfigOutcome.Unchanged unchanged -> exchange.json(200, json);
            case ConfigOutcome.Refused refused -> {
                json.put("problems", refused.problems());
                HttpProblem problem = problem(refused);
                json.put("error", error(problem));
                exchange.json(problem.status(), json);
            }
        }
    }

    private static HttpProblem problem(ConfigOutcome.Refused refused) {
        String message = "Nothing has changed; generation " + refused.generation() + " stays in force.\n"
                + String.join("\n", refused.problems());
        return switch (refused.kind()) {
            case INVALID -> HttpProblem.of(422, "invalid_config", message);
            case NO_FILE -> HttpProblem.of(409, "no_config_file", message);
            case NOT_KEPT -> HttpProblem.of(409, "config_not_kept", message);
        };
    }

    private static Map<String, @Nullable Object> error(HttpProblem problem) {
        Map<String, @Nullable Object> error = new LinkedHashMap<>();
        error.put("message", problem.text());
        error.put("type", "invalid_request_error");
        error.put("param", null);
        error.put("code", problem.code());
        error.put("decision", null);
        return error;
    }

    private static ConfigOrder order(JsonNode body, List<String> beside, String by) {
        if (!body.isObject()) {
            throw HttpProblem.invalid("The body must be one JSON object.", null);
        }
        body.fieldNames().forEachRemaining(name -> {
            if (!List.of("reason", "author").contains(name) && !beside.contains(name)) {
                throw HttpProblem.invalid(
                        "There is no member '" + name + "' here: a configuration is changed in its file, and read from"
                                + " there.",
                        name);
            }
        });
        String author = text(body, "author");
        return new ConfigOrder(
                ConfigOrder.Origin.ADMIN,
                author == null || author.isBlank() ? by : by + "/" + author.strip(),
                text(body, "reason"));
    }

    private static long number(JsonNode body) {
        JsonNode to = body.path(TO);
        if (!to.canConvertToLong() || !to.isIntegralNumber() || to.longValue() < 1) {
            throw HttpProblem.invalid("to: name the generation, e.g. 41; /admin/config/history lists them.", TO);
        }
        return to.longValue();
    }

    private static @Nullable String text(JsonNode body, String name) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual() || value.textValue().length() > 500) {
            throw HttpProblem.invalid(name + ": must be a string of at most 500 characters.", name);
        }
        return value.textValue();
    }

    private static <T> void answer(Exchange exchange, CompletionStage<T> answer, Consumer<T> done) {
        answer.whenComplete((document, error) -> exchange.context().runOnContext(now -> {
            if (error == null) {
                exchange.guarded(() -> done.accept(document));
            } else {
                exchange.fail(
                        error instanceof CompletionException && error.getCause() != null ? error.getCause() : error);
            }
        }));
    }
}
