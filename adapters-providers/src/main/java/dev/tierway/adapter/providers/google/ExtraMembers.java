package dev.tierway.adapter.providers.google;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tierway.application.chat.JsonText;
import java.util.Map;

/**
 * Lays a caller's own members over a request: objects member by member, lists by appending ({@code tools} with Google's
 * search beside functions); what the caller says wins.
 */
final class ExtraMembers {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private ExtraMembers() {}

    /** @throws IllegalArgumentException for a member that the messages already say */
    static void add(Map<String, JsonText> members, ObjectNode body) {
        members.forEach((name, value) -> {
            if (name.equals("contents") || name.equals("systemInstruction")) {
                throw new IllegalArgumentException("'" + name + "' is written from the messages: leave it out");
            }
            lay(body, name, parse(name, value));
        });
    }

    private static void lay(ObjectNode under, String name, JsonNode over) {
        JsonNode there = under.get(name);
        if (there instanceof ObjectNode object && over instanceof ObjectNode more) {
            more.properties().forEach(member -> lay(object, member.getKey(), member.getValue()));
        } else if (there instanceof ArrayNode list && over instanceof ArrayNode more) {
            list.addAll(more);
        } else {
            under.set(name, over);
        }
    }

    private static JsonNode parse(String name, JsonText value) {
        try {
            return JSON.readTree(value.json());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("'" + name + "' is not JSON", e);
        }
    }
}
