package dev.tierway.adapter.providers.usage;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.money.TokenUsage.Counted;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads usage objects, and believes only what can be true: a wrong number is worse than an unknown one. What a later
 * object says replaces what an earlier one said, and what it leaves out stays.
 */
public final class UsageCounts {
    /** Beyond any context window by an order of magnitude: a garbled counter, not a count. */
    private static final long ABSURD = 100_000_000;

    private static final long MISSING = -1;
    private static final long WRONG = -2;

    private final UsageDialect dialect;
    private final long[] counts = new long[Part.values().length];

    public UsageCounts(UsageDialect dialect) {
        this.dialect = dialect;
        Arrays.fill(counts, MISSING);
    }

    /** Of embeddings, which have no output: none is what it says unless it says otherwise. */
    public static UsageCounts ofInput(UsageDialect dialect) {
        UsageCounts counts = new UsageCounts(dialect);
        counts.counts[Part.OUTPUT.ordinal()] = 0;
        return counts;
    }

    /** Reads to the end of the object the parser stands at. */
    public void read(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            Part part = dialect.fields().get(field);
            if (part != null) {
                count(part, json);
            } else if (value == JsonToken.START_OBJECT) {
                details(field, json);
            } else {
                json.skipChildren();
            }
        }
    }

    private void details(String object, JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            Part part = dialect.details(object).get(json.currentName());
            json.nextToken();
            if (part != null) {
                count(part, json);
            } else {
                json.skipChildren();
            }
        }
    }

    private void count(Part part, JsonParser json) throws IOException {
        long found = switch (json.currentToken()) {
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
        if (found != MISSING) {
            counts[part.ordinal()] = found;
        }
    }

    private static long sound(long value) {
        return value < 0 || value > ABSURD ? WRONG : value;
    }

    /** Null if input or output is missing, or the numbers can't be true. */
    public @Nullable TokenUsage usage() {
        for (long count : counts) {
            if (count == WRONG) {
                return null;
            }
        }
        if (counts[Part.INPUT.ordinal()] == MISSING || counts[Part.OUTPUT.ordinal()] == MISSING) {
            return null;
        }
        long write = of(Part.CACHE_WRITE);
        long read = of(Part.CACHED_INPUT);
        long input = of(Part.INPUT) + (dialect.inputHoldsCached() ? 0 : read + write);
        long media = of(Part.AUDIO_INPUT) + of(Part.IMAGE_INPUT);
        long output = wholeOutput();
        long hour = of(Part.CACHE_WRITE_HOUR);
        if (read + write > input
                || hour > write
                || media + write > input
                || of(Part.REASONING) + of(Part.AUDIO_OUTPUT) + of(Part.IMAGE_OUTPUT) > output) {
            return null;
        }
        return new TokenUsage(
                input,
                // Sound and pictures may come out of a cache too: counted once, and then as the dearer.
                Math.min(read, input - write - media),
                write,
                hour,
                of(Part.AUDIO_INPUT),
                of(Part.IMAGE_INPUT),
                output,
                of(Part.REASONING),
                of(Part.AUDIO_OUTPUT),
                of(Part.IMAGE_OUTPUT),
                Counted.REPORTED);
    }

    /** Some count reasoning beside the output, not in it; the total tells. */
    private long wholeOutput() {
        long thought = of(Part.REASONING);
        long output = of(Part.OUTPUT);
        boolean beside = thought > 0 && of(Part.TOTAL) == of(Part.INPUT) + output + thought;
        return beside ? output + thought : output;
    }

    private long of(Part part) {
        return Math.max(0, counts[part.ordinal()]);
    }
}
