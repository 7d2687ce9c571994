package dev.tierway.bootstrap.cli.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.ResponseFormat;
import dev.tierway.domain.catalogue.Construct;

/** An answer in JSON: in JSON mode, or by a schema where the dialect has no such mode. */
final class JsonProbe {
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final JsonText SCHEMA = new JsonText("""
        {"type":"object","properties":{"city":{"type":"string"}},"required":["city"],"additionalProperties":false}\
        """);
    private static final int SHOWN = 60;

    private JsonProbe() {}

    static Outcome json(Line line) {
        boolean mode = !line.subject().lacks(Construct.JSON_MODE);
        ResponseFormat format =
                mode ? new ResponseFormat.JsonObject() : new ResponseFormat.JsonSchema("place", SCHEMA, true);
        String text = line.call(ChatRequest.builder()
                        .user("Name the capital of France as a JSON object with one member, \"city\".")
                        .responseFormat(format))
                .text();
        object("the answer", text);
        return Outcome.pass("an object, by " + (mode ? "JSON mode" : "schema"));
    }

    /** @throws Unfulfilled if it is no JSON object, or something stands around it */
    static JsonNode object(String what, String text) {
        try {
            JsonNode json = STRICT.readTree(text);
            Unfulfilled.unless(json.isObject(), what + " is no JSON object: " + shown(text));
            return json;
        } catch (JsonProcessingException e) {
            throw new Unfulfilled(what + " is no JSON: " + shown(text));
        }
    }

    private static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
