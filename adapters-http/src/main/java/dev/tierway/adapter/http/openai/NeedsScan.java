package dev.tierway.adapter.http.openai;

import com.fasterxml.jackson.core.JsonToken;
import dev.tierway.adapter.http.wire.JsonCursor;
import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.Construct;

/** Passes over the members that say what a model must be able to do. */
final class NeedsScan {
    private final JsonCursor cursor;
    private final RequestTraits traits;
    private final ToolScan toolScan;
    private long schemaBytes;
    private int toolsStart;
    private int toolsEnd;

    NeedsScan(JsonCursor cursor, RequestTraits traits) {
        this.cursor = cursor;
        this.traits = traits;
        this.toolScan = new ToolScan(cursor, traits);
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
            toolScan.definition();
        }
        if (any) {
            traits.use(Construct.TOOLS);
            traits.use(name.equals("functions"), Construct.NATIVE);
            traits.need(Capability.TOOLS);
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
            if (type) {
                format(cursor.requireText("response_format.type"));
            }
            cursor.skipValue();
        }
        schemaBytes += cursor.end() - start;
    }

    private void format(String type) {
        switch (type) {
            case "text" -> {}
            case "json_object" -> {
                traits.need(Capability.JSON);
                traits.use(Construct.JSON_MODE);
            }
            case "json_schema" -> {
                traits.need(Capability.JSON);
                traits.use(Construct.JSON_SCHEMA);
            }
            default -> traits.use(Construct.NATIVE);
        }
    }

    void reasoningEffort() {
        String effort = cursor.optionalText("reasoning_effort");
        traits.use(effort != null, Construct.REASONING_EFFORT);
        if (effort != null && !effort.equals("none")) {
            traits.need(Capability.REASONING);
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
            String wanted = cursor.token() == JsonToken.VALUE_STRING ? cursor.text() : "";
            traits.use(!wanted.equals("text"), Construct.OTHER);
            if (wanted.equals("audio")) {
                traits.need(Capability.AUDIO);
                traits.use(Construct.AUDIO_OUTPUT);
            }
            cursor.skipValue();
        }
    }
}
