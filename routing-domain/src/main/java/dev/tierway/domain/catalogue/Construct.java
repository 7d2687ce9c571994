package dev.tierway.domain.catalogue;

/**
 * Something a request may say that not every provider's dialect can express. What a model itself can do is a
 * {@link Capability}; these are matters of the wire.
 */
public enum Construct {
    IMAGE_URL("image URLs", Loss.FAILS),
    AUDIO("audio", Loss.FAILS),
    FILE("files", Loss.FAILS),
    FILE_URL("file URLs", Loss.FAILS),
    AUDIO_OUTPUT("audio output", Loss.FAILS),
    /** A file that a vendor keeps under a name of its own. */
    FILE_ID("files by id", Loss.FAILS),
    EMBEDDINGS("embeddings", Loss.FAILS),
    DIMENSIONS("dimensions of embeddings", Loss.FAILS),
    /** Parts that neutral types have no place for: tools that aren't functions, roles, message parts. */
    NATIVE("parts that only the API they were written for has", Loss.FAILS),
    TOOLS("tools", Loss.FAILS),
    JSON_SCHEMA("a JSON schema", Loss.FAILS),
    JSON_MODE("JSON mode", Loss.DROPPED),
    TOOL_CHOICE("tool_choice", Loss.DROPPED),
    PARALLEL_TOOL_CALLS("parallel_tool_calls", Loss.DROPPED),
    STRICT_TOOLS("strict tools", Loss.DROPPED),
    FAILED_TOOL_RESULT("failed tool results", Loss.DROPPED),
    UNSIGNED_REASONING("reasoning of earlier turns", Loss.DROPPED),
    CITATIONS("citations", Loss.DROPPED),
    REASONING_EFFORT("reasoning_effort", Loss.DROPPED),
    REASONING_BUDGET("a budget of reasoning tokens", Loss.DROPPED),
    TEMPERATURE("temperature", Loss.DROPPED),
    TOP_P("top_p", Loss.DROPPED),
    TOP_K("top_k", Loss.DROPPED),
    SEED("seed", Loss.DROPPED),
    STOP("stop sequences", Loss.DROPPED),
    FREQUENCY_PENALTY("frequency_penalty", Loss.DROPPED),
    PRESENCE_PENALTY("presence_penalty", Loss.DROPPED),
    LOG_PROBS("logprobs", Loss.DROPPED),
    CHOICES("n", Loss.DROPPED),
    CACHE_CONTROL("cache control", Loss.DROPPED),
    USER("user", Loss.DROPPED),
    METADATA("metadata", Loss.DROPPED),
    SERVICE_TIER("service_tier", Loss.DROPPED),
    SPEAKER_NAME("names of speakers", Loss.DROPPED),
    IMAGE_DETAIL("image detail", Loss.DROPPED),
    INPUT_TYPE("input_type", Loss.DROPPED),
    /** Parameters that only the dialect they were written in knows. */
    OTHER("parameters of another dialect", Loss.DROPPED);

    /** What becomes of a request whose dialect hasn't got the construct. */
    public enum Loss {
        /** It is left out, and the caller is told; or refused, if the caller wants nothing lost. */
        DROPPED,
        /** The answer would be to another question: such a provider isn't asked. */
        FAILS
    }

    private final String words;
    private final Loss loss;

    Construct(String words, Loss loss) {
        this.words = words;
        this.loss = loss;
    }

    /** For people: the parameter's name where it has one. */
    public String words() {
        return words;
    }

    public Loss loss() {
        return loss;
    }

    /** Whether only requests for embeddings say it. */
    public boolean ofEmbeddings() {
        return this == EMBEDDINGS || this == DIMENSIONS || this == INPUT_TYPE;
    }

    /** Whether only a provider that gets the caller's body as it is can be told it: no translation knows it. */
    public boolean untranslatable() {
        return this == FILE_ID || this == NATIVE;
    }
}
