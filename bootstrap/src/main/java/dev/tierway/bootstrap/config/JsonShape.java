package dev.tierway.bootstrap.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tierway.application.chat.JsonText;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Any value, carried as JSON: somebody else knows what it means. */
record JsonShape() implements Shape<JsonText> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public @Nullable JsonText read(Node node, Problems problems) {
        if (node instanceof Node.Scalar scalar
                && (scalar.written() == Node.Written.NOTHING || scalar.written() == Node.Written.UNRESOLVED)) {
            wrongKind(node, problems);
            return null;
        }
        return new JsonText(json(node).toString());
    }

    @Override
    public String phrase() {
        return "any value";
    }

    /** As Java has it: maps, lists, texts, numbers, truth values. */
    static Object plain(JsonText value) {
        try {
            return JSON.readValue(value.json(), Object.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was written as JSON can't be read", e);
        }
    }

    private static JsonNode json(Node node) {
        return switch (node) {
            case Node.Scalar scalar -> scalar(scalar);
            case Node.Sequence list -> {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                list.items().forEach(item -> array.add(json(item)));
                yield array;
            }
            case Node.Mapping map -> {
                ObjectNode object = JsonNodeFactory.instance.objectNode();
                map.values().forEach((key, value) -> object.set(key, json(value)));
                yield object;
            }
        };
    }

    private static JsonNode scalar(Node.Scalar scalar) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (scalar.written()) {
            case TEXT -> json.textNode(scalar.text());
            case BOOLEAN -> json.booleanNode(scalar.text().equals("true"));
            case NUMBER -> number(scalar.text());
            case NOTHING, UNRESOLVED -> json.nullNode();
        };
    }

    /** What YAML takes for a number and JSON doesn't have is a text. */
    private static JsonNode number(String text) {
        try {
            return JsonNodeFactory.instance.numberNode(new BigDecimal(text));
        } catch (NumberFormatException notInJson) {
            return JsonNodeFactory.instance.textNode(text);
        }
    }
}
