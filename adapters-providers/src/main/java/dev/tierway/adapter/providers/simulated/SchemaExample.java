package dev.tierway.adapter.providers.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Makes a value that fits a JSON Schema, as far as types, enums, constants and properties go. */
final class SchemaExample {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MAX_DEPTH = 16;

    private SchemaExample() {}

    /** @param text what strings hold */
    static JsonNode of(JsonNode schema, String text) {
        return of(schema, text, 0);
    }

    private static JsonNode of(JsonNode schema, String text, int depth) {
        if (schema.has("const")) {
            return schema.path("const");
        }
        if (!schema.path("enum").isEmpty()) {
            return schema.path("enum").path(0);
        }
        if (!schema.path("anyOf").isEmpty()) {
            return depth < MAX_DEPTH ? of(schema.path("anyOf").path(0), text, depth + 1) : NODES.nullNode();
        }
        JsonNode type = schema.path("type");
        return switch (type.isArray() ? type.path(0).asText("") : type.asText("object")) {
            case "string" -> NODES.textNode(text);
            case "integer", "number" -> NODES.numberNode(1);
            case "boolean" -> NODES.booleanNode(true);
            case "null" -> NODES.nullNode();
            case "array" -> array(schema, text, depth);
            default -> object(schema, text, depth);
        };
    }

    private static JsonNode array(JsonNode schema, String text, int depth) {
        ArrayNode array = NODES.arrayNode();
        if (schema.has("items") && depth < MAX_DEPTH) {
            array.add(of(schema.path("items"), text, depth + 1));
        }
        return array;
    }

    private static JsonNode object(JsonNode schema, String text, int depth) {
        ObjectNode object = NODES.objectNode();
        if (depth < MAX_DEPTH) {
            for (Map.Entry<String, JsonNode> property :
                    schema.path("properties").properties()) {
                object.set(property.getKey(), of(property.getValue(), text, depth + 1));
            }
        }
        return object;
    }
}
