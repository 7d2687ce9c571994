package dev.tierway.adapter.providers;

import dev.tierway.application.port.out.WireFormat;
import dev.tierway.domain.catalogue.Construct;
import dev.tierway.domain.catalogue.Dialect;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What each kind of provider can be told; docs/reference/wire-formats.md is this table for people. */
public final class Dialects {
    private static final Dialect OPENAI = new Dialect(
            "openai",
            List.of(WireFormat.OPENAI_CHAT.id(), WireFormat.OPENAI_EMBEDDINGS.id()),
            EnumSet.of(
                    Construct.FILE_URL,
                    Construct.FAILED_TOOL_RESULT,
                    Construct.UNSIGNED_REASONING,
                    Construct.CITATIONS,
                    Construct.REASONING_BUDGET,
                    Construct.TOP_K,
                    Construct.CACHE_CONTROL,
                    Construct.INPUT_TYPE,
                    Construct.OTHER));

    private static final Dialect ANTHROPIC = new Dialect(
            "anthropic",
            List.of(WireFormat.ANTHROPIC_MESSAGES.id()),
            EnumSet.of(
                    Construct.EMBEDDINGS,
                    Construct.AUDIO,
                    Construct.AUDIO_OUTPUT,
                    Construct.JSON_MODE,
                    Construct.UNSIGNED_REASONING,
                    Construct.CITATIONS,
                    Construct.SEED,
                    Construct.FREQUENCY_PENALTY,
                    Construct.PRESENCE_PENALTY,
                    Construct.LOG_PROBS,
                    Construct.CHOICES,
                    Construct.METADATA,
                    Construct.SPEAKER_NAME,
                    Construct.IMAGE_DETAIL,
                    Construct.OTHER));

    private static final Dialect BEDROCK = new Dialect(
            "bedrock",
            List.of(),
            EnumSet.of(
                    Construct.EMBEDDINGS,
                    Construct.IMAGE_URL,
                    Construct.FILE_URL,
                    Construct.AUDIO_OUTPUT,
                    Construct.JSON_MODE,
                    Construct.PARALLEL_TOOL_CALLS,
                    Construct.UNSIGNED_REASONING,
                    Construct.CITATIONS,
                    Construct.SEED,
                    Construct.FREQUENCY_PENALTY,
                    Construct.PRESENCE_PENALTY,
                    Construct.LOG_PROBS,
                    Construct.CHOICES,
                    Construct.USER,
                    Construct.SPEAKER_NAME,
                    Construct.IMAGE_DETAIL,
                    Construct.OTHER));

    private static final Dialect COHERE = new Dialect(
            "cohere",
            List.of(),
            EnumSet.of(
                    Construct.AUDIO,
                    Construct.FILE,
                    Construct.FILE_URL,
                    Construct.AUDIO_OUTPUT,
                    Construct.PARALLEL_TOOL_CALLS,
                    Construct.FAILED_TOOL_RESULT,
                    Construct.CITATIONS,
                    Construct.LOG_PROBS,
                    Construct.CHOICES,
                    Construct.CACHE_CONTROL,
                    Construct.USER,
                    Construct.METADATA,
                    Construct.SERVICE_TIER,
                    Construct.SPEAKER_NAME,
                    Construct.OTHER));

    private static final Dialect OLLAMA = new Dialect(
            "ollama",
            List.of(),
            EnumSet.of(
                    Construct.IMAGE_URL,
                    Construct.AUDIO,
                    Construct.FILE,
                    Construct.FILE_URL,
                    Construct.AUDIO_OUTPUT,
                    Construct.TOOL_CHOICE,
                    Construct.PARALLEL_TOOL_CALLS,
                    Construct.STRICT_TOOLS,
                    Construct.FAILED_TOOL_RESULT,
                    Construct.CITATIONS,
                    Construct.REASONING_BUDGET,
                    Construct.CHOICES,
                    Construct.CACHE_CONTROL,
                    Construct.USER,
                    Construct.METADATA,
                    Construct.SERVICE_TIER,
                    Construct.SPEAKER_NAME,
                    Construct.IMAGE_DETAIL,
                    Construct.INPUT_TYPE,
                    Construct.OTHER));

    private Dialects() {}

    /** @param kind of a provider; one that isn't known can be told everything */
    public static Dialect of(String kind) {
        return switch (kind) {
            case "cohere" -> COHERE;
            case "ollama" -> OLLAMA;
            case "openai", "openai-compatible", "azure-openai" -> OPENAI;
            case "anthropic" -> ANTHROPIC;
            case "bedrock" -> BEDROCK;
            default -> imitator(kind);
        };
    }

    private static Dialect imitator(String kind) {
        Preset preset = Presets.find(kind);
        if (preset == null) {
            return new Dialect(kind, List.of(WireFormat.OPENAI_CHAT.id()), Set.of());
        }
        Set<Construct> lacks = EnumSet.copyOf(OPENAI.lacks());
        lacks.addAll(preset.lacks());
        List<String> formats =
                lacks.contains(Construct.EMBEDDINGS) ? List.of(WireFormat.OPENAI_CHAT.id()) : OPENAI.formats();
        return new Dialect(OPENAI.signatures(), formats, lacks);
    }
}
