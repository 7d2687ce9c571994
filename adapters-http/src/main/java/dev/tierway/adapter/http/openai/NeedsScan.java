package dev.tierway.adapter.http.openai;

import com.fasterxml.jackson.core.JsonToken;
import dev.tierway.adapter.http.wire.JsonCursor;
import dev.tierway.domain.catalogue.Capability;
import java.util.EnumSet;
import java.util.Set;

/** Passes over the members that say what a model must be able to do. */
final class NeedsScan {
    private final JsonCursor cursor;
    private final Set<Capability> found = EnumSet.noneOf(Capability.class);
    private long schemaBytes;
    private int toolsStart;
    private int toolsEnd;

    NeedsScan(JsonCursor cursor) {
        this.cursor = cursor;
    }

    Set<Capability> found() {
        return found;
    }

    /** Bytes of tool definitions and schemas: the model reads them like text. */
    long schemaBytes() {
        return schemaBytes;
    }

    int toolsStart() {
        return toolsStart;
    }

    /** Equal to the start if there are no tools. */
    int toolsEnd() {
        return toolsEnd;
    }

    void tools(String name) {
        if (cursor.token() == JsonToken.VALUE_NULL) {
            return;
        }
        if (cursor.token() != JsonToken.START_ARRAY) {
            throw cursor.wrongType(name, "an array");
        }
        int start = cursor.start();
        boolean any = false;
        while (cursor.advance() != JsonToken.END_ARRAY) {
            any = true;
            cursor.skipValue();
        }
        if (any) {
            found.add(Capability.TOOLS);
            toolsStart = start;
            toolsEnd = cursor.end();
            schemaBytes += toolsEnd - toolsStart;
        }
    }

    void responseFormat() {
        if (cursor.token() == JsonToken.VALUE_NULL) {
            return;
        }
        if (cursor.token() != JsonToken.START_OBJECT) {
            throw cursor.wrongType("response_format", "an object with 'type'");
        }
        int start = cursor.start();
        while (cursor.advance() != JsonToken.END_OBJECT) {
            boolean type = cursor.text().equals("type");
            cursor.advance();
            if (type && cursor.requireText("response_format.type").startsWith("json")) {
                found.add(Capability.JSON);
            }
            cursor.skipValue();
        }
        schemaBytes += cursor.end() - start;
    }

    void reasoningEffort() {
        String effort = cursor.optionalText("reasoning_effort");
        if (effort != null && !effort.equals("none")) {
            found.add(Capability.REASONING);
        }
    }

    void modalities() {
        if (cursor.token() == JsonToken.VALUE_NULL) {
            return;
        }
        if (cursor.token() != JsonToken.START_ARRAY) {
            throw cursor.wrongType("modalities", "an array of strings");
        }
        while (cursor.advance() != JsonToken.END_ARRAY) {
            if (cursor.token() == JsonToken.VALUE_STRING && cursor.text().equals("audio")) {
                found.add(Capability.AUDIO);
            }
            cursor.skipValue();
        }
    }
}
