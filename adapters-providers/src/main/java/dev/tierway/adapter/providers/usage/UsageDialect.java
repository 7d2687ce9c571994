package dev.tierway.adapter.providers.usage;

import java.util.Map;

/** How a family of vendors writes its usage, and what its count of input means. */
public final class UsageDialect {
    /**
     * {@code prompt_tokens} include those read from a cache, those written to it, audio and pictures; {@code
     * completion_tokens} include reasoning (xAI's and Gemini's don't: their total tells). Spoken by OpenAI and all who
     * copy it.
     */
    public static final UsageDialect OPENAI = new UsageDialect(
            true,
            Map.of(
                    "prompt_tokens",
                    Part.INPUT,
                    "completion_tokens",
                    Part.OUTPUT,
                    "total_tokens",
                    Part.TOTAL,
                    "prompt_cache_hit_tokens", // DeepSeek
                    Part.CACHED_INPUT),
            Map.of(
                    "prompt_tokens_details",
                    Map.of(
                            "cached_tokens",
                            Part.CACHED_INPUT,
                            "cache_write_tokens",
                            Part.CACHE_WRITE,
                            "audio_tokens",
                            Part.AUDIO_INPUT,
                            "image_tokens",
                            Part.IMAGE_INPUT),
                    "completion_tokens_details",
                    Map.of(
                            "reasoning_tokens",
                            Part.REASONING,
                            "audio_tokens",
                            Part.AUDIO_OUTPUT,
                            "image_tokens",
                            Part.IMAGE_OUTPUT)));

    /** OpenAI's responses: the same under newer names. */
    public static final UsageDialect RESPONSES = new UsageDialect(
            true,
            Map.of("input_tokens", Part.INPUT, "output_tokens", Part.OUTPUT, "total_tokens", Part.TOTAL),
            Map.of(
                    "input_tokens_details",
                    Map.of("cached_tokens", Part.CACHED_INPUT, "cache_write_tokens", Part.CACHE_WRITE),
                    "output_tokens_details",
                    Map.of("reasoning_tokens", Part.REASONING)));

    /**
     * {@code input_tokens} are only those neither read from a cache nor written to it: the whole input is the sum of
     * three counts. A stream says them once and the output again with each piece of news.
     */
    public static final UsageDialect ANTHROPIC = new UsageDialect(
            false,
            Map.of(
                    "input_tokens",
                    Part.INPUT,
                    "output_tokens",
                    Part.OUTPUT,
                    "cache_read_input_tokens",
                    Part.CACHED_INPUT,
                    "cache_creation_input_tokens",
                    Part.CACHE_WRITE),
            Map.of(
                    "output_tokens_details",
                    Map.of("thinking_tokens", Part.REASONING),
                    "cache_creation",
                    Map.of("ephemeral_1h_input_tokens", Part.CACHE_WRITE_HOUR)));

    /** Two counts at the top of the reply's last line. What its cache held is part of neither report nor price. */
    public static final UsageDialect OLLAMA =
            new UsageDialect(true, Map.of("prompt_eval_count", Part.INPUT, "eval_count", Part.OUTPUT), Map.of());

    /** The same two counts of what is billed, or of what the model really read and wrote. */
    public static final UsageDialect COHERE = new UsageDialect(
            true,
            Map.of("input_tokens", Part.INPUT, "output_tokens", Part.OUTPUT, "cached_tokens", Part.CACHED_INPUT),
            Map.of());

    /**
     * {@code inputTokens} are only those neither read from a cache nor written to it, as with Anthropic: Amazon Bedrock User
     * Guide, "Prompt caching".
     */
    public static final UsageDialect BEDROCK = new UsageDialect(
            false,
            Map.of(
                    "inputTokens",
                    Part.INPUT,
                    "outputTokens",
                    Part.OUTPUT,
                    "cacheReadInputTokens",
                    Part.CACHED_INPUT,
                    "cacheWriteInputTokens",
                    Part.CACHE_WRITE),
            Map.of());

    private final boolean inputHoldsCached;
    private final Map<String, Part> fields;
    private final Map<String, Map<String, Part>> details;

    private UsageDialect(boolean inputHoldsCached, Map<String, Part> fields, Map<String, Map<String, Part>> details) {
        this.inputHoldsCached = inputHoldsCached;
        this.fields = fields;
        this.details = details;
    }

    /** Whether what is read from a cache or written to it is part of the input's own count. */
    boolean inputHoldsCached() {
        return inputHoldsCached;
    }

    Map<String, Part> fields() {
        return fields;
    }

    /** Fields inside an object of that name. */
    Map<String, Part> details(String object) {
        return details.getOrDefault(object, Map.of());
    }
}
