package dev.tierway.bootstrap.config;

import dev.tierway.adapter.providers.Preset;
import dev.tierway.adapter.providers.Presets;
import dev.tierway.adapter.providers.anthropic.AnthropicTransportFactory;
import dev.tierway.adapter.providers.cohere.CohereTransportFactory;
import dev.tierway.adapter.providers.ollama.OllamaTransportFactory;
import dev.tierway.adapter.providers.openai.OpenAiTransportFactory;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of providers this version can speak to, with what their configuration needs. Compared by identity. Those with
 * a dialect of their own stand here; presets are in a table.
 */
final class ProviderKind {
    static final ProviderKind OPENAI = own("openai", "OPENAI_API_KEY", true, false);
    static final ProviderKind OPENAI_COMPATIBLE = own("openai-compatible", null, false, true);
    static final ProviderKind ANTHROPIC = own("anthropic", "ANTHROPIC_API_KEY", true, false);
    static final ProviderKind AZURE_OPENAI = own("azure-openai", "AZURE_OPENAI_API_KEY", false, true);
    static final ProviderKind BEDROCK = own("bedrock", null, false, false);
    static final ProviderKind GEMINI = own("gemini", "GEMINI_API_KEY", true, false);
    static final ProviderKind VERTEX = own("vertex", null, false, false);
    static final ProviderKind COHERE = own("cohere", "CO_API_KEY", true, false);
    static final ProviderKind OLLAMA = own("ollama", null, false, false);
    static final ProviderKind SIMULATED = own("simulated", null, false, false);

    private static final URI GEMINI_URL = URI.create("https://generativelanguage.googleapis.com/v1beta");
    private static final List<ProviderKind> ALL = all();

    private final String id;
    private final @Nullable String keyVariable;
    private final boolean needsKey;
    private final boolean needsUrl;
    private final @Nullable Preset preset;

    private ProviderKind(
            String id, @Nullable String keyVariable, boolean needsKey, boolean needsUrl, @Nullable Preset preset) {
        this.id = id;
        this.keyVariable = keyVariable;
        this.needsKey = needsKey;
        this.needsUrl = needsUrl;
        this.preset = preset;
    }

    private static ProviderKind own(String id, @Nullable String keyVariable, boolean needsKey, boolean needsUrl) {
        return new ProviderKind(id, keyVariable, needsKey, needsUrl, null);
    }

    private static List<ProviderKind> all() {
        List<ProviderKind> all = new ArrayList<>(List.of(
                OPENAI,
                OPENAI_COMPATIBLE,
                ANTHROPIC,
                AZURE_OPENAI,
                BEDROCK,
                GEMINI,
                VERTEX,
                COHERE,
                OLLAMA,
                SIMULATED));
        for (Preset preset : Presets.all()) {
            all.add(new ProviderKind(
                    preset.id(), preset.keyVariable(), !preset.local(), preset.baseUrl() == null, preset));
        }
        return List.copyOf(all);
    }

    /** All of them: first those with a dialect of their own. */
    static ProviderKind[] values() {
        return ALL.toArray(new ProviderKind[0]);
    }

    String id() {
        return id;
    }

    /** The line of the table; null for kinds with a dialect of their own. */
    @Nullable
    Preset preset() {
        return preset;
    }

    /** The variable that usually holds the key; null if there is no usual one. */
    @Nullable
    String keyVariable() {
        return keyVariable;
    }

    boolean needsKey() {
        return needsKey;
    }

    boolean needsUrl() {
        return needsUrl;
    }

    /** Whether its providers run on the operator's own hardware unless they say otherwise. */
    boolean local() {
        return preset == null ? this == OLLAMA : preset.local();
    }

    /** Whether its streams may be asked for their usage unless its providers say otherwise. */
    boolean asksUsage() {
        return preset == null || preset.asksUsage();
    }

    /** Where its providers are unless they say otherwise; null if that is the transport's matter, or differs. */
    @Nullable
    URI baseUrl() {
        if (preset != null) {
            return preset.baseUrl();
        }
        return switch (id) {
            case "openai" -> OpenAiTransportFactory.OPENAI_BASE_URL;
            case "anthropic" -> AnthropicTransportFactory.BASE_URL;
            case "gemini" -> GEMINI_URL;
            case "cohere" -> CohereTransportFactory.BASE_URL;
            case "ollama" -> OllamaTransportFactory.BASE_URL;
            default -> null;
        };
    }

    /** Whether that is written into configurations that don't say it, because nobody else would know. */
    boolean fillsUrlIn() {
        return preset != null || this == COHERE || this == OLLAMA;
    }

    /** Whether {@code reports-usage} means something for that kind. */
    static boolean asksForUsage(String id) {
        return Stream.of(BEDROCK, GEMINI, VERTEX, COHERE, OLLAMA, SIMULATED).noneMatch(kind -> kind.id.equals(id));
    }

    /** Whether it is reached over a network. */
    boolean remote() {
        return this != SIMULATED;
    }
}
