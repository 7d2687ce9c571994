package dev.tierway.adapter.providers.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.tierway.adapter.providers.usage.UsageCounts;
import dev.tierway.adapter.providers.usage.UsageDialect;
import dev.tierway.domain.money.TokenUsage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the facts of a chunk or a completion in one pass of the streaming parser, without building a tree or strings,
 * and so also proves that it is one whole JSON object. Used once.
 */
final class CompletionScanner {
    /** A body is bounded before it gets here; a single string in it (an audio reply) may fill it. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private int choices;
    private boolean semantic;
    private boolean finished;
    private long textBytes;
    private boolean saysUsage;
    private @Nullable TokenUsage usage;
    private boolean error;

    private CompletionScanner() {}

    /** @throws IOException if it isn't one JSON object, or its choices aren't objects */
    static ChunkFacts scan(byte[] json, int offset, int length) throws IOException {
        CompletionScanner scanner = new CompletionScanner();
        try (JsonParser parser = JSON.createParser(json, offset, length)) {
            scanner.root(parser);
        }
        return new ChunkFacts(
                scanner.choices,
                scanner.semantic,
                scanner.finished,
                scanner.textBytes,
                scanner.saysUsage,
                scanner.usage,
                scanner.error);
    }

    private void root(JsonParser json) throws IOException {
        require(json, json.nextToken() == JsonToken.START_OBJECT, "not a JSON object");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            switch (field) {
                case "choices" -> choices(json, value);
                case "usage" -> usage(json, value);
                case "x_groq" -> vendorObject(json, value);
                case "error" -> {
                    error |= value != JsonToken.VALUE_NULL;
                    json.skipChildren();
                }
                default -> json.skipChildren();
            }
        }
        require(json, json.nextToken() == null, "something follows the JSON object");
    }

    /** Groq reports a stream's usage inside an object of its own. */
    private void vendorObject(JsonParser json, JsonToken value) throws IOException {
        if (value != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken inner = json.nextToken();
            if (field.equals("usage")) {
                usage(json, inner);
            } else {
                json.skipChildren();
            }
        }
    }

    private void usage(JsonParser json, JsonToken value) throws IOException {
        if (value == JsonToken.START_OBJECT) {
            saysUsage = true;
            UsageCounts counts = new UsageCounts(UsageDialect.OPENAI);
            counts.read(json);
            TokenUsage sound = counts.usage();
            usage = sound == null ? usage : sound;
        } else {
            json.skipChildren();
        }
    }

    private void choices(JsonParser json, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_NULL) {
            return;
        }
        require(json, value == JsonToken.START_ARRAY, "choices is not a list");
        for (JsonToken item = json.nextToken(); item != JsonToken.END_ARRAY; item = json.nextToken()) {
            require(json, item == JsonToken.START_OBJECT, "a choice is not an object");
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                choiceField(json, json.currentName(), json.nextToken());
            }
        }
    }

    private void choiceField(JsonParser json, String field, JsonToken value) throws IOException {
        boolean content = field.equals("delta") || field.equals("message");
        if (content && value == JsonToken.START_OBJECT) {
            choices++;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                contentField(json, json.currentName(), json.nextToken());
            }
        } else if (field.equals("text")) {
            choices++; // of the legacy completions, which have no messages
            weigh(json, value);
        } else {
            if (field.equals("finish_reason") && value == JsonToken.VALUE_STRING && json.getTextLength() > 0) {
                finished = true;
                semantic = true;
            }
            json.skipChildren();
        }
    }

    private void contentField(JsonParser json, String field, JsonToken value) throws IOException {
        switch (field) {
            case "content", "refusal", "reasoning_content", "reasoning", "function_call" -> weigh(json, value);
            case "audio" -> {
                long textOnly = textBytes;
                weigh(json, value);
                textBytes = textOnly;
            }
            case "reasoning_details" -> {
                semantic |= value == JsonToken.START_ARRAY && json.nextToken() != JsonToken.END_ARRAY;
                skipToEndOfList(json, value);
            }
            case "tool_calls" -> toolCalls(json, value);
            default -> json.skipChildren();
        }
    }

    private static void skipToEndOfList(JsonParser json, JsonToken value) throws IOException {
        if (value == JsonToken.START_ARRAY) {
            while (json.currentToken() != JsonToken.END_ARRAY) {
                json.skipChildren();
                json.nextToken();
            }
        } else {
            json.skipChildren();
        }
    }

    private void toolCalls(JsonParser json, JsonToken value) throws IOException {
        if (value != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        for (JsonToken item = json.nextToken(); item != JsonToken.END_ARRAY; item = json.nextToken()) {
            require(json, item == JsonToken.START_OBJECT, "a tool call is not an object");
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                JsonToken inner = json.nextToken();
                switch (field) {
                    case "function", "custom" -> weigh(json, inner);
                    case "id" -> semantic |= inner == JsonToken.VALUE_STRING && json.getTextLength() > 0;
                    default -> json.skipChildren();
                }
            }
        }
    }

    /** Counts the text in a value, at any depth: any makes the chunk semantic. */
    private void weigh(JsonParser json, JsonToken value) throws IOException {
        int depth = 0;
        JsonToken token = value;
        do {
            if (token == null) {
                throw new JsonParseException(json, "the JSON ends too early");
            }
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.VALUE_STRING && json.getTextLength() > 0) {
                semantic = true;
                textBytes += utf8Length(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
            }
            token = depth > 0 ? json.nextToken() : token;
        } while (depth > 0);
    }

    private static long utf8Length(char[] text, int offset, int length) {
        long bytes = length;
        for (int i = offset; i < offset + length; i++) {
            // Two for each half of a surrogate pair: four for the pair.
            bytes += text[i] < 0x80 ? 0 : text[i] < 0x800 || Character.isSurrogate(text[i]) ? 1 : 2;
        }
        return bytes;
    }

    private static void require(JsonParser json, boolean condition, String otherwise) throws JsonParseException {
        if (!condition) {
            throw new JsonParseException(json, otherwise);
        }
    }
}
