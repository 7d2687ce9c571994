package dev.tierway.adapter.http.observe;

import java.util.Locale;
import java.util.Map;

/**
 * What OpenTelemetry's conventions for generative AI call vendors ({@code gen_ai.provider.name}), by the kinds and presets of
 * providers.
 */
public final class GenAiNames {
    private static final Map<String, String> WELL_KNOWN = Map.ofEntries(
            Map.entry("azure-openai", "azure.ai.openai"),
            Map.entry("gemini", "gcp.gemini"),
            Map.entry("vertex", "gcp.vertex_ai"),
            Map.entry("bedrock", "aws.bedrock"),
            Map.entry("mistral", "mistral_ai"),
            Map.entry("xai", "x_ai"));

    private GenAiNames() {}

    /** The conventions' name, or where they have none the kind itself. */
    public static String of(String kind) {
        String plain = kind.toLowerCase(Locale.ROOT);
        return WELL_KNOWN.getOrDefault(plain, plain);
    }
}
