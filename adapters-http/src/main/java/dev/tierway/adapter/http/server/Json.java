package dev.tierway.adapter.http.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** JSON off the hot path: trees in, values out. Names become snake_case, unknown values null. */
public final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final ObjectReader WHOLE = MAPPER.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Json() {}

    /** @throws IllegalArgumentException if the value has no JSON form, which is a mistake of ours */
    public static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON form: " + value.getClass(), e);
        }
    }

    /**
     * Reads a whole body.
     *
     * @throws HttpProblem if it isn't one JSON value and nothing else, or names a member twice
     */
    public static JsonNode document(byte[] body) {
        try {
            return WHOLE.readTree(body);
        } catch (JsonProcessingException e) {
            throw HttpProblem.invalid("The body isn't JSON: " + e.getOriginalMessage(), null);
        } catch (IOException notText) {
            throw HttpProblem.invalid("The body isn't text in UTF-8.", null);
        }
    }

    /**
     * Reads a part of a body.
     *
     * @throws HttpProblem if it isn't JSON, or names a member twice
     */
    public static JsonNode tree(byte[] body, int start, int end, String param) {
        try {
            return MAPPER.readTree(body, start, end - start);
        } catch (JsonProcessingException e) {
            throw HttpProblem.invalid(param + ": " + e.getOriginalMessage(), param);
        } catch (IOException notText) {
            throw HttpProblem.invalid(param + ": isn't text in UTF-8", param);
        }
    }
}
