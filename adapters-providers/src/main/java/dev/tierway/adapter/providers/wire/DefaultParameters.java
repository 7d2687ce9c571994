package dev.tierway.adapter.providers.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tierway.application.chat.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Puts members into a body that hasn't got them: everything else stays byte for byte. */
final class DefaultParameters {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonFactory FACTORY = new JsonFactory();

    private record Insertion(int at, String text) {}

    private final List<Insertion> insertions = new ArrayList<>();

    private DefaultParameters() {}

    /**
     * The body with what it lacks. A member that is there stays as it is, null too; only objects are filled up.
     *
     * @param body a JSON object; anything else comes back as it is
     */
    static byte[] into(byte[] body, Map<String, JsonText> defaults) {
        if (defaults.isEmpty()) {
            return body;
        }
        DefaultParameters filling = new DefaultParameters();
        try (JsonParser json = FACTORY.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return body;
            }
            Map<String, JsonNode> wanted = new LinkedHashMap<>();
            for (Map.Entry<String, JsonText> one : defaults.entrySet()) {
                wanted.put(one.getKey(), JSON.readTree(one.getValue().json()));
            }
            filling.object(json, wanted);
        } catch (IOException notJson) {
            return body; // the vendor will say so
        }
        return filling.filled(body);
    }

    /** The parser stands at the object's beginning and is left at its end. */
    private void object(JsonParser json, Map<String, JsonNode> wanted) throws IOException {
        Map<String, JsonNode> left = new LinkedHashMap<>(wanted);
        boolean empty = true;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            empty = false;
            JsonNode mine = left.remove(json.currentName());
            if (json.nextToken() == JsonToken.START_OBJECT && mine != null && mine.isObject()) {
                Map<String, JsonNode> inner = new LinkedHashMap<>();
                mine.properties().forEach(one -> inner.put(one.getKey(), one.getValue()));
                object(json, inner);
            } else {
                json.skipChildren();
            }
        }
        if (!left.isEmpty()) {
            StringJoiner members = new StringJoiner(",", empty ? "" : ",", "");
            for (Map.Entry<String, JsonNode> one : left.entrySet()) {
                members.add(JSON.writeValueAsString(one.getKey()) + ":" + one.getValue());
            }
            insertions.add(new Insertion((int) json.currentTokenLocation().getByteOffset(), members.toString()));
        }
    }

    private byte[] filled(byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + 256);
        int from = 0;
        for (Insertion insertion : insertions) {
            out.write(body, from, insertion.at - from);
            out.writeBytes(insertion.text.getBytes(StandardCharsets.UTF_8));
            from = insertion.at;
        }
        out.write(body, from, body.length - from);
        return out.toByteArray();
    }
}
