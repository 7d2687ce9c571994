package dev.tierway.bootstrap.trace;

import dev.tierway.GatewayConfig;
import dev.tierway.domain.catalogue.ProviderId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** What OpenTelemetry's conventions for generative AI call vendors ({@code gen_ai.provider.name}). */
public final class GenAiNames {
    private static final Map<String, String> WELL_KNOWN = Map.ofEntries(
            Map.entry("azure-openai", "azure.ai.openai"),
            Map.entry("gemini", "gcp.gemini"),
            Map.entry("vertex", "gcp.vertex_ai"),
            Map.entry("bedrock", "aws.bedrock"),
            Map.entry("mistral", "mistral_ai"),
            Map.entry("xai", "x_ai"));

    private GenAiNames() {}

    /** The conventions' name of a kind or preset; where they have none, that itself. */
    static String of(String kind) {
        return WELL_KNOWN.getOrDefault(kind, kind);
    }

    /** The names of a configuration's providers; others are called by their ids. */
    public static Function<ProviderId, String> in(GatewayConfig config) {
        Map<ProviderId, String> names = new HashMap<>();
        config.providers().forEach(provider -> names.put(provider.id(), of(provider.kind())));
        return id -> names.getOrDefault(id, id.value());
    }
}
