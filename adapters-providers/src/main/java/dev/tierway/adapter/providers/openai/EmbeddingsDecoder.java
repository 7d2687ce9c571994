package dev.tierway.adapter.providers.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.tierway.adapter.providers.usage.UsageCounts;
import dev.tierway.adapter.providers.usage.UsageDialect;
import dev.tierway.adapter.providers.wire.DecodedEmbeddings;
import dev.tierway.adapter.providers.wire.EmbeddingDecoder;
import dev.tierway.adapter.providers.wire.VendorError;
import dev.tierway.adapter.providers.wire.VendorErrorException;
import dev.tierway.application.chat.Embedding;
import dev.tierway.domain.money.TokenUsage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a list of embeddings in one pass. Used once. */
final class EmbeddingsDecoder implements EmbeddingDecoder {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final boolean keep;
    private final TreeMap<Integer, Embedding> embeddings = new TreeMap<>();
    private float[] numbers = new float[1024];
    private int count;
    private int dimensions;
    private boolean error;
    private String model = "";
    private @Nullable TokenUsage usage;

    /** @param keep whether the numbers are wanted, not only how many there are */
    EmbeddingsDecoder(boolean keep) {
        this.keep = keep;
    }

    @Override
    public DecodedEmbeddings whole(byte[] body) throws IOException, VendorErrorException {
        try (JsonParser json = JSON.createParser(body)) {
            root(json);
        }
        if (error) {
            throw new VendorErrorException(VendorError.parse(body, 0, body.length));
        }
        return new DecodedEmbeddings(model, new ArrayList<>(embeddings.values()), count, dimensions, usage);
    }

    private void root(JsonParser json) throws IOException {
        require(json, json.nextToken() == JsonToken.START_OBJECT, "not a JSON object");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            switch (field) {
                case "data" -> data(json, value);
                case "model" -> model = value == JsonToken.VALUE_STRING ? json.getText() : "";
                case "usage" -> usage(json, value);
                case "error" -> {
                    error |= value != JsonToken.VALUE_NULL;
                    json.skipChildren();
                }
                default -> json.skipChildren();
            }
        }
        require(json, json.nextToken() == null, "something follows the JSON object");
    }

    private void usage(JsonParser json, JsonToken value) throws IOException {
        if (value == JsonToken.START_OBJECT) {
            UsageCounts counts = UsageCounts.ofInput(UsageDialect.OPENAI);
            counts.read(json);
            usage = counts.usage();
        } else {
            json.skipChildren();
        }
    }

    private void data(JsonParser json, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_NULL) {
            return;
        }
        require(json, value == JsonToken.START_ARRAY, "data is not a list");
        for (JsonToken item = json.nextToken(); item != JsonToken.END_ARRAY; item = json.nextToken()) {
            require(json, item == JsonToken.START_OBJECT, "an embedding is not an object");
            one(json);
        }
    }

    private void one(JsonParser json) throws IOException {
        int index = count;
        int size = 0;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            if (field.equals("index") && value == JsonToken.VALUE_NUMBER_INT) {
                index = json.getIntValue();
            } else if (field.equals("embedding") && value == JsonToken.START_ARRAY) {
                size = numbers(json);
            } else if (field.equals("embedding") && value == JsonToken.VALUE_STRING) {
                require(json, !keep, "numbers were asked for, not base64");
                size = sizeOfBase64(json);
            } else {
                json.skipChildren();
            }
        }
        require(json, size > 0 && (count == 0 || size == dimensions), "embeddings differ in size");
        dimensions = size;
        count++;
        if (keep) {
            Embedding before = embeddings.put(index, Embedding.of(Arrays.copyOf(numbers, size)));
            require(json, before == null, "two embeddings of one index");
        }
    }

    private int numbers(JsonParser json) throws IOException {
        int size = 0;
        for (JsonToken number = json.nextToken(); number != JsonToken.END_ARRAY; number = json.nextToken()) {
            require(json, number != null && number.isNumeric(), "an embedding holds something else than numbers");
            if (keep) {
                if (size == numbers.length) {
                    numbers = Arrays.copyOf(numbers, 2 * size);
                }
                numbers[size] = json.getFloatValue();
            }
            size++;
        }
        return size;
    }

    /** Numbers of 32 bits each. */
    private static int sizeOfBase64(JsonParser json) throws IOException {
        char[] text = json.getTextCharacters();
        int length = json.getTextLength();
        int end = json.getTextOffset() + length;
        while (length > 0 && text[end - 1] == '=') {
            length--;
            end--;
        }
        long bytes = length * 3L / 4;
        require(json, bytes % Float.BYTES == 0, "an embedding holds something else than numbers");
        return (int) (bytes / Float.BYTES);
    }

    private static void require(JsonParser json, boolean condition, String otherwise) throws JsonParseException {
        if (!condition) {
            throw new JsonParseException(json, otherwise);
        }
    }
}
