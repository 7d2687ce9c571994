package dev.tierway.adapter.http;

import dev.tierway.adapter.http.server.Exchange;
import dev.tierway.application.access.Caller;
import dev.tierway.application.access.KeyScope;
import dev.tierway.application.port.in.ProviderFacts;
import dev.tierway.application.port.in.QueryCapabilities;
import dev.tierway.application.port.in.QueryCapabilities.Served;
import dev.tierway.application.port.in.QueryModels;
import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.Construct;
import dev.tierway.domain.catalogue.LogicalModel;
import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.Provider;
import dev.tierway.domain.catalogue.UseCase;
import dev.tierway.domain.routing.Allowed;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers {@code GET /v1/capabilities}: what each model can be asked, and which kinds of providers there are. */
final class CapabilitiesHandler {
    private final QueryCapabilities capabilities;
    private final QueryModels models;
    private final List<String> formats;

    /** @param formats the paths of the wire formats served */
    CapabilitiesHandler(QueryCapabilities capabilities, QueryModels models, List<String> formats) {
        this.models = models;
        this.capabilities = capabilities;
        this.formats = List.copyOf(formats);
    }

    void show(Exchange exchange) {
        boolean all = exchange.caller().grant().allowed().equals(Allowed.ALL);
        Set<ModelId> visible = new HashSet<>();
        models.seenBy(exchange.caller()).models().forEach(model -> visible.add(model.id()));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("object", "capabilities");
        json.put("endpoints", formats);
        json.put(
                "models",
                capabilities.served().stream()
                        .filter(one -> all || visible.contains(one.model().id()))
                        .map(one -> served(one, exchange.caller()))
                        .toList());
        json.put(
                "provider_kinds",
                capabilities.kinds().stream().map(CapabilitiesHandler::kind).toList());
        exchange.json(200, json);
    }

    private static Map<String, @Nullable Object> served(Served served, Caller caller) {
        LogicalModel model = served.model();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", model.id().value());
        json.put("tier", model.tier().id());
        json.put("use_cases", model.useCases().stream().map(UseCase::name).toList());
        json.put(
                "capabilities",
                model.capabilities().stream().map(Capability::id).toList());
        json.put("context_window", model.contextWindow());
        json.put("max_output_tokens", model.maxOutputTokens());
        json.put("lacks", served.lackedByAll());
        if (caller.may(KeyScope.EXPLAIN)) {
            json.put(
                    "providers",
                    served.providers().stream()
                            .map(CapabilitiesHandler::provider)
                            .toList());
        }
        return json;
    }

    private static Map<String, @Nullable Object> provider(Provider provider) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", provider.id().value());
        json.put("name", provider.displayName());
        json.put("kind", provider.kind());
        json.put("local", provider.local());
        json.put("formats", provider.dialect().formats());
        json.put(
                "lacks",
                provider.dialect().lacks().stream().map(Construct::words).toList());
        return json;
    }

    private static Map<String, @Nullable Object> kind(ProviderFacts facts) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("kind", facts.kind());
        json.put("name", facts.name());
        json.put("preset", facts.preset());
        json.put("local", facts.local());
        json.put("base_url", facts.baseUrl());
        json.put("auth", facts.auth());
        json.put("key_variable", facts.keyVariable());
        json.put("formats", facts.dialect().formats());
        json.put("lacks", facts.lacks());
        json.put("source", facts.source());
        json.put("read_on", facts.readOn());
        return json;
    }
}
