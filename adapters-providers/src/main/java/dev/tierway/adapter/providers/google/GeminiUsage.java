package dev.tierway.adapter.providers.google;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.money.TokenUsage.Counted;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code usageMetadata}, and believes only what can be true. The prompt's count includes what came from a cache;
 * thoughts are counted beside the candidates, and what Google's own tools read beside the prompt.
 */
final class GeminiUsage {
    /** Beyond any context window by an order of magnitude: a garbled counter, not a count. */
    private static final long ABSURD = 100_000_000;

    private static final long WRONG = -1;

    private GeminiUsage() {}

    /** Null if input or output is missing, or the numbers can't be true. */
    static @Nullable TokenUsage of(JsonNode usage) {
        if (!usage.hasNonNull("promptTokenCount")
                || !(usage.hasNonNull("candidatesTokenCount") || usage.hasNonNull("totalTokenCount"))) {
            return null;
        }
        long prompt = count(usage, "promptTokenCount");
        long tools = count(usage, "toolUsePromptTokenCount");
        long cached = count(usage, "cachedContentTokenCount");
        long thoughts = count(usage, "thoughtsTokenCount");
        long candidates = count(usage, "candidatesTokenCount");
        long total = count(usage, "totalTokenCount");
        long audio = ofModality(usage.path("promptTokensDetails"), "AUDIO");
        long image = ofModality(usage.path("promptTokensDetails"), "IMAGE");
        long audioOut = ofModality(usage.path("candidatesTokensDetails"), "AUDIO");
        long imageOut = ofModality(usage.path("candidatesTokensDetails"), "IMAGE");
        for (long one :
                new long[] {prompt, tools, cached, thoughts, candidates, total, audio, image, audioOut, imageOut}) {
            if (one == WRONG) {
                return null;
            }
        }
        if (!usage.hasNonNull("candidatesTokenCount")) {
            // An answer that ended while it was still thought of.
            candidates = Math.max(0, total - prompt - tools - thoughts);
        }
        long input = prompt + tools;
        if (cached > input || audio + image > input || audioOut + imageOut > candidates) {
            return null;
        }
        // Sound and pictures may come out of a cache too: counted once, and then as the dearer.
        return new TokenUsage(
                input,
                Math.min(cached, input - audio - image),
                0,
                audio,
                image,
                candidates + thoughts,
                thoughts,
                audioOut,
                imageOut,
                Counted.REPORTED);
    }

    private static long count(JsonNode object, String field) {
        JsonNode value = object.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return 0;
        }
        boolean sound = value.isIntegralNumber()
                && value.canConvertToLong()
                && value.longValue() >= 0
                && value.longValue() <= ABSURD;
        return sound ? value.longValue() : WRONG;
    }

    private static long ofModality(JsonNode details, String modality) {
        long sum = 0;
        for (JsonNode detail : details) {
            if (detail.path("modality").asText("").equals(modality)) {
                long count = count(detail, "tokenCount");
                if (count == WRONG) {
                    return WRONG;
                }
                sum += count;
            }
        }
        return sum;
    }
}
