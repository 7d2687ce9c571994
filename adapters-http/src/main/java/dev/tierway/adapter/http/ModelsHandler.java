package dev.tierway.adapter.http;

import dev.tierway.adapter.http.anthropic.AnthropicModels;
import dev.tierway.adapter.http.anthropic.Messages;
import dev.tierway.adapter.http.server.Exchange;
import dev.tierway.adapter.http.server.HttpProblem;
import dev.tierway.adapter.http.server.Suggestion;
import dev.tierway.application.port.in.QueryModels;
import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.LogicalModel;
import dev.tierway.domain.catalogue.Route;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.catalogue.UseCase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers {@code GET /v1/models} and {@code GET /v1/models/{id}} in OpenAI's shape, or in Anthropic's. */
final class ModelsHandler {
    private final QueryModels all;
    private final long createdEpochSeconds;

    /** @param createdEpochSeconds since when this gateway offers its models: clients want a number there */
    ModelsHandler(QueryModels models, long createdEpochSeconds) {
        this.all = models;
        this.createdEpochSeconds = createdEpochSeconds;
    }

    void list(Exchange exchange) {
        QueryModels models = all.seenBy(exchange.caller());
        if (anthropic(exchange)) {
            exchange.json(200, AnthropicModels.list(entries(models), createdEpochSeconds));
            return;
        }
        List<Object> data = new ArrayList<>();
        entries(models).forEach((id, tierway) -> data.add(entry(id, tierway)));
        Map<String, Object> list = new LinkedHashMap<>();
        list.put("object", "list");
        list.put("data", data);
        List<String> passthrough = models.passthroughProviders();
        if (!passthrough.isEmpty()) {
            list.put(
                    "tierway",
                    Map.of(
                            "passthrough",
                            passthrough.stream().map(id -> id + "/NAME").toList()));
        }
        exchange.json(200, list);
    }

    private static boolean anthropic(Exchange exchange) {
        return exchange.request().headers().contains(Messages.VERSION_HEADER);
    }

    private static Map<String, Map<String, Object>> entries(QueryModels models) {
        Map<String, Map<String, Object>> entries = new LinkedHashMap<>();
        models.models().forEach(model -> entries.put(model.id().value(), model(model)));
        models.routes().stream()
                .filter(route -> !route.isPattern())
                .forEach(route -> entries.put(route.name(), route(route)));
        return entries;
    }

    void one(Exchange exchange) {
        QueryModels models = all.seenBy(exchange.caller());
        String id = exchange.pathRest();
        Optional<Map<String, Object>> found = models.routes().stream()
                .filter(route -> route.name().equals(id))
                .findFirst()
                .map(ModelsHandler::route)
                .or(() -> models.findModel(id).map(ModelsHandler::model));
        if (found.isEmpty()) {
            found = unlisted(id, models);
        }
        if (found.isEmpty()) {
            throw unknown(id, models);
        }
        exchange.json(
                200,
                anthropic(exchange)
                        ? AnthropicModels.entry(id, found.get(), createdEpochSeconds)
                        : entry(id, found.get()));
    }

    /** Whether the vendor has such a model, only the vendor knows. */
    private static Optional<Map<String, Object>> unlisted(String id, QueryModels models) {
        int slash = id.indexOf('/');
        if (slash < 0
                || slash == id.length() - 1
                || !models.passthroughProviders().contains(id.substring(0, slash))) {
            return Optional.empty();
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", "passthrough");
        json.put("provider", id.substring(0, slash));
        json.put("upstream_model", id.substring(slash + 1));
        return Optional.of(json);
    }

    private static HttpProblem unknown(String id, QueryModels models) {
        List<String> known = new ArrayList<>();
        models.models().forEach(model -> known.add(model.id().value()));
        models.routes().forEach(route -> known.add(route.name()));
        String hint = Suggestion.closest(id, known)
                .map(name -> " Did you mean '" + name + "'?")
                .orElse(" GET /v1/models lists what there is.");
        return new HttpProblem(404, "model_not_found", "There is no model '" + id + "'." + hint, "model");
    }

    private Map<String, Object> entry(String id, Map<String, Object> tierway) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("object", "model");
        json.put("created", createdEpochSeconds);
        json.put("owned_by", "tierway");
        json.put("tierway", tierway);
        return json;
    }

    private static Map<String, Object> model(LogicalModel model) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", "model");
        json.put("model", model.id().value());
        json.put("tier", model.tier().id());
        json.put("use_cases", model.useCases().stream().map(UseCase::name).toList());
        json.put(
                "capabilities",
                model.capabilities().stream().map(Capability::id).toList());
        json.put("context_window", model.contextWindow());
        json.put("max_output_tokens", model.maxOutputTokens());
        json.put("dimensions", model.dimensions());
        return json;
    }

    private static Map<String, Object> route(Route route) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", "route");
        json.put("targets", route.targets().stream().map(Target::address).toList());
        json.put("strategy", route.strategy() == null ? null : route.strategy().id());
        return json;
    }
}
