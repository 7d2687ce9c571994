package dev.tierway.adapter.providers.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.money.TokenUsage.Counted;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a usage object, and believes only what can be true: a wrong number is worse than an unknown one. */
final class UsageReader {
    /** Beyond any context window by an order of magnitude: a garbled counter, not a count. */
    private static final long ABSURD = 100_000_000;

    private static final long MISSING = -1;
    private static final long WRONG = -2;

    private long input = MISSING;
    private long output = MISSING;
    private long total = MISSING;
    private long cached = MISSING;
    private long reasoning = MISSING;

    private UsageReader() {}

    /** Reads to the end of the object the parser stands at; null if the numbers are missing or can't be true. */
    static @Nullable TokenUsage read(JsonParser json) throws IOException {
        UsageReader reader = new UsageReader();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            switch (field) {
                case "prompt_tokens" -> reader.input = count(json);
                case "completion_tokens" -> reader.output = count(json);
                case "total_tokens" -> reader.total = count(json);
                case "prompt_tokens_details" -> reader.cached = detail(json, value, "cached_tokens", reader.cached);
                case "prompt_cache_hit_tokens" -> reader.cached = count(json); // DeepSeek
                case "completion_tokens_details" ->
                    reader.reasoning = detail(json, value, "reasoning_tokens", reader.reasoning);
                default -> json.skipChildren();
            }
        }
        return reader.usage();
    }

    private @Nullable TokenUsage usage() {
        if (input < 0 || output < 0 || cached == WRONG || reasoning == WRONG || Math.max(cached, 0) > input) {
            return null;
        }
        long thought = Math.max(reasoning, 0);
        // xAI and Gemini count reasoning beside the output, not in it; the total tells.
        boolean beside = thought > 0 && total == input + output + thought;
        long all = beside ? output + thought : output;
        return thought > all ? null : new TokenUsage(input, Math.max(cached, 0), 0, all, thought, Counted.REPORTED);
    }

    private static long detail(JsonParser json, JsonToken value, String wanted, long before) throws IOException {
        long found = before;
        if (value != JsonToken.START_OBJECT) {
            json.skipChildren();
            return found;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean match = json.currentName().equals(wanted);
            json.nextToken();
            if (match) {
                found = count(json);
            } else {
                json.skipChildren();
            }
        }
        return found;
    }

    private static long count(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_NULL -> MISSING;
            case VALUE_NUMBER_INT ->
                json.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? WRONG : sound(json.getLongValue());
            case VALUE_NUMBER_FLOAT -> {
                double value = json.getDoubleValue();
                yield value == Math.rint(value) && Math.abs(value) <= ABSURD ? sound((long) value) : WRONG;
            }
            default -> {
                json.skipChildren();
                yield WRONG;
            }
        };
    }

    private static long sound(long value) {
        return value < 0 || value > ABSURD ? WRONG : value;
    }
}
