package dev.tierway.adapter.providers.google;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.Reasoning;
import dev.tierway.application.chat.ResponseFormat;
import dev.tierway.application.chat.Sampling;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes {@code generationConfig}. */
final class GenerationConfigEncoder {
    private static final String JSON_TYPE = "application/json";

    private GenerationConfigEncoder() {}

    static void write(ChatRequest request, GeminiModel model, ObjectNode body) {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        sampling(request.sampling(), config);
        if (request.maxOutputTokens() != null) {
            config.put("maxOutputTokens", request.maxOutputTokens());
        }
        if (request.choices() != 1) {
            config.put("candidateCount", request.choices());
        }
        if (request.topLogProbs() != null) {
            config.put("responseLogprobs", true);
            if (request.topLogProbs() > 0) {
                config.put("logprobs", request.topLogProbs());
            }
        }
        format(request.responseFormat(), config);
        thinking(request.reasoning(), model, config);
        if (!config.isEmpty()) {
            body.set("generationConfig", config);
        }
    }

    private static void sampling(Sampling how, ObjectNode config) {
        number(config, "temperature", how.temperature());
        number(config, "topP", how.topP());
        if (how.topK() != null) {
            config.put("topK", how.topK());
        }
        number(config, "frequencyPenalty", how.frequencyPenalty());
        number(config, "presencePenalty", how.presencePenalty());
        if (how.seed() != null) {
            config.put("seed", seed(how.seed()));
        }
        if (!how.stop().isEmpty()) {
            ArrayNode stops = config.putArray("stopSequences");
            how.stop().forEach(stops::add);
        }
    }

    /** Gemini's seeds have 32 bits: a longer one is folded, always alike. */
    private static int seed(long seed) {
        return seed == (int) seed ? (int) seed : Long.hashCode(seed);
    }

    private static void format(@Nullable ResponseFormat format, ObjectNode config) {
        switch (format) {
            case null -> {}
            case ResponseFormat.PlainText() -> config.put("responseMimeType", "text/plain");
            case ResponseFormat.JsonObject() -> config.put("responseMimeType", JSON_TYPE);
            case ResponseFormat.JsonSchema schema -> {
                config.put("responseMimeType", JSON_TYPE);
                config.putRawValue(
                        "responseJsonSchema", new RawValue(schema.schema().json()));
            }
        }
    }

    /** A budget says it exactly, so a word beside it is not needed: Gemini refuses both together. */
    private static void thinking(Reasoning how, GeminiModel model, ObjectNode config) {
        ObjectNode thinking = JsonNodeFactory.instance.objectNode();
        if (how.shown() != null) {
            thinking.put("includeThoughts", how.shown());
        }
        if (how.budgetTokens() != null) {
            thinking.put("thinkingBudget", how.budgetTokens());
        } else if (how.effort() != null && model.thinksInTokens()) {
            thinking.put("thinkingBudget", budget(how.effort()));
        } else if (how.effort() != null) {
            thinking.put("thinkingLevel", level(how.effort()));
        }
        if (!thinking.isEmpty()) {
            config.set("thinkingConfig", thinking);
        }
    }

    /** The budgets that Google's own OpenAI-compatible endpoint takes for these words. */
    private static int budget(String effort) {
        return switch (effort) {
            case "none" -> 0;
            case "minimal", "low" -> 1024;
            case "medium" -> 8192;
            case "high", "xhigh", "max" -> 24576;
            default ->
                throw new IllegalArgumentException(
                        "reasoning_effort '" + effort + "' is not known: use none, minimal, low, medium or high");
        };
    }

    /** From generation 3 on thinking can't be switched off. */
    private static String level(String effort) {
        return effort.equals("none") ? "MINIMAL" : effort.toUpperCase(Locale.ROOT);
    }

    private static void number(ObjectNode config, String name, @Nullable Double value) {
        if (value != null) {
            config.put(name, value);
        }
    }
}
