package dev.tierway.adapter.providers;

import dev.tierway.adapter.providers.wire.BedrockEmbeddings;
import dev.tierway.adapter.providers.wire.ClaudeModel;
import dev.tierway.application.port.out.WireFormat;
import dev.tierway.domain.catalogue.Construct;
import dev.tierway.domain.catalogue.Dialect;
import dev.tierway.domain.catalogue.ModelDialects;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What each kind of provider can be told; docs/reference/wire-formats.md is this table for people. */
public final class Dialects {
    private static final Set<Construct> NOT_OPENAI = EnumSet.of(
            Construct.FILE_URL,
            Construct.FAILED_TOOL_RESULT,
            Construct.UNSIGNED_REASONING,
            Construct.CITATIONS,
            Construct.REASONING_BUDGET,
            Construct.TOP_K,
            Construct.CACHE_CONTROL,
            Construct.INPUT_TYPE,
            Construct.OTHER);

    private static final Dialect OPENAI = new Dialect(
            "openai",
            List.of(
                    WireFormat.OPENAI_CHAT.id(),
                    WireFormat.OPENAI_EMBEDDINGS.id(),
                    WireFormat.OPENAI_RESPONSES.id(),
                    WireFormat.OPENAI_COMPLETIONS.id()),
            NOT_OPENAI);

    private static final Dialect ANTHROPIC = new Dialect(
            "anthropic",
            List.of(WireFormat.ANTHROPIC_MESSAGES.id()),
            EnumSet.of(
                    Construct.FILE_ID,
                    Construct.NATIVE,
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

    private static final Set<Construct> GEMINI_LACKS = EnumSet.of(
            Construct.AUDIO_OUTPUT,
            Construct.FILE_ID,
            Construct.NATIVE,
            Construct.PARALLEL_TOOL_CALLS,
            Construct.UNSIGNED_REASONING,
            Construct.CITATIONS,
            Construct.CACHE_CONTROL,
            Construct.USER,
            Construct.METADATA,
            Construct.SPEAKER_NAME,
            Construct.IMAGE_DETAIL,
            Construct.OTHER);

    /** What can be said to the models of one provider. */
    private record ByModel(String kind, Dialect dialect) implements ModelDialects {
        @Override
        public Dialect of(String upstreamModel) {
            return ofModel(kind, dialect, upstreamModel);
        }
    }

    private static final Dialect GEMINI = new Dialect("google", List.of(), GEMINI_LACKS);
    private static final Dialect VERTEX = new Dialect("google", List.of(), with(GEMINI_LACKS, Construct.SERVICE_TIER));

    private Dialects() {}

    private static Set<Construct> with(Set<Construct> lacks, Construct more) {
        Set<Construct> all = EnumSet.copyOf(lacks);
        all.add(more);
        return all;
    }

    /** @param kind of a provider; one that isn't known can be told everything */
    public static Dialect of(String kind) {
        return switch (kind) {
            case "cohere" -> COHERE;
            case "ollama" -> OLLAMA;
            case "openai" -> OPENAI;
            // Reasoning that OpenAI sealed is of use to OpenAI's own responses only.
            case "openai-compatible", "azure-openai" ->
                new Dialect(kind, List.of(WireFormat.OPENAI_CHAT.id(), WireFormat.OPENAI_EMBEDDINGS.id()), NOT_OPENAI);
            case "anthropic" -> ANTHROPIC;
            case "bedrock" -> BEDROCK;
            case "gemini" -> GEMINI;
            case "vertex" -> VERTEX;
            default -> imitator(kind);
        };
    }

    /** The same for one of its models: some of Bedrock's make embeddings, and Claude takes no sampling parameters any more, wherever it is served. */
    public static Dialect of(String kind, String upstreamModel) {
        return ofModel(kind, of(kind), upstreamModel);
    }

    /** The same for every model of such a provider, also those that nobody listed. */
    public static ModelDialects byModel(String kind) {
        return new ByModel(kind, of(kind));
    }

    private static Dialect ofModel(String kind, Dialect dialect, String upstreamModel) {
        if (kind.equals("bedrock") && BedrockEmbeddings.of(upstreamModel) != BedrockEmbeddings.NONE) {
            return embedding(dialect, BedrockEmbeddings.of(upstreamModel));
        }
        boolean claude = kind.equals("anthropic") || (kind.equals("bedrock") && upstreamModel.contains("claude"));
        if (!claude || ClaudeModel.named(upstreamModel).takesSampling()) {
            return dialect;
        }
        Set<Construct> lacks = EnumSet.copyOf(dialect.lacks());
        lacks.addAll(EnumSet.of(Construct.TEMPERATURE, Construct.TOP_P, Construct.TOP_K));
        return new Dialect(dialect.signatures(), dialect.formats(), lacks);
    }

    private static Dialect embedding(Dialect dialect, BedrockEmbeddings model) {
        Set<Construct> lacks = EnumSet.copyOf(dialect.lacks());
        lacks.remove(Construct.EMBEDDINGS);
        if (!model.takesDimensions()) {
            lacks.add(Construct.DIMENSIONS);
        }
        if (!model.takesInputType()) {
            lacks.add(Construct.INPUT_TYPE);
        }
        return new Dialect(dialect.signatures(), dialect.formats(), lacks);
    }

    private static Dialect imitator(String kind) {
        Preset preset = Presets.find(kind);
        if (preset == null) {
            return new Dialect(kind, List.of(WireFormat.OPENAI_CHAT.id()), Set.of());
        }
        Set<Construct> lacks = EnumSet.copyOf(NOT_OPENAI);
        lacks.addAll(preset.lacks());
        String chat = WireFormat.OPENAI_CHAT.id();
        boolean embeds = !lacks.contains(Construct.EMBEDDINGS);
        return new Dialect(kind, embeds ? List.of(chat, WireFormat.OPENAI_EMBEDDINGS.id()) : List.of(chat), lacks);
    }
}
