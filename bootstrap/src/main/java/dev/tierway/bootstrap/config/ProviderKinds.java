package dev.tierway.bootstrap.config;

import dev.tierway.adapter.providers.Dialects;
import dev.tierway.adapter.providers.Preset;
import dev.tierway.application.port.in.ProviderFacts;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every kind of provider, as it is shown to people. */
public final class ProviderKinds {
    /** Kinds with a dialect of their own. */
    private static final Map<ProviderKind, String> NAMES = Map.of(
            ProviderKind.OPENAI, "OpenAI",
            ProviderKind.OPENAI_COMPATIBLE, "Any server that speaks OpenAI's format",
            ProviderKind.ANTHROPIC, "Anthropic",
            ProviderKind.AZURE_OPENAI, "Azure OpenAI",
            ProviderKind.GEMINI, "Google Gemini",
            ProviderKind.VERTEX, "Google Vertex AI",
            ProviderKind.BEDROCK, "Amazon Bedrock (Converse)",
            ProviderKind.COHERE, "Cohere (v2)",
            ProviderKind.OLLAMA, "Ollama",
            ProviderKind.SIMULATED, "A provider that is played in this process");

    private ProviderKinds() {}

    public static List<ProviderFacts> all() {
        return Stream.of(ProviderKind.values()).map(ProviderKinds::facts).toList();
    }

    private static ProviderFacts facts(ProviderKind kind) {
        Preset preset = kind.preset();
        URI url = kind.baseUrl();
        return new ProviderFacts(
                kind.id(),
                preset == null ? NAMES.getOrDefault(kind, kind.id()) : preset.name(),
                preset != null,
                kind.local(),
                url == null ? null : url.toString(),
                auth(kind),
                kind.keyVariable(),
                Dialects.of(kind.id()),
                preset == null ? null : preset.source(),
                preset == null ? null : preset.readOn());
    }

    private static String auth(ProviderKind kind) {
        if (kind == ProviderKind.SIMULATED) {
            return "none";
        }
        if (kind == ProviderKind.BEDROCK) {
            return "sigv4 or bearer";
        }
        if (kind == ProviderKind.AZURE_OPENAI) {
            return "api-key or Entra token";
        }
        if (kind == ProviderKind.VERTEX) {
            return "Google credentials";
        }
        if (kind == ProviderKind.ANTHROPIC || kind == ProviderKind.GEMINI) {
            return "api-key";
        }
        return kind.needsKey() ? "bearer" : "bearer, if there is an api-key";
    }
}
