package dev.tierway.adapter.http.openai;

import com.fasterxml.jackson.core.JsonToken;
import dev.tierway.adapter.http.wire.JsonCursor;
import dev.tierway.domain.catalogue.Construct;

/** Passes over one tool, one tool call or a choice of tools: functions are what every dialect knows. */
final class ToolScan {
    private final JsonCursor cursor;
    private final RequestTraits traits;

    ToolScan(JsonCursor cursor, RequestTraits traits) {
        this.cursor = cursor;
        this.traits = traits;
    }

    void definition() {
        if (cursor.token() != JsonToken.START_OBJECT) {
            cursor.skipValue();
            return;
        }
        while (cursor.advance() != JsonToken.END_OBJECT) {
            String name = cursor.text();
            cursor.advance();
            switch (name) {
                case "type" -> type();
                case "function" -> function();
                case "cache_control" -> traits.use(cursor.given(), Construct.CACHE_CONTROL);
                default -> traits.use(cursor.given(), Construct.NATIVE);
            }
            cursor.skipValue();
        }
    }

    private void function() {
        if (cursor.token() != JsonToken.START_OBJECT) {
            return;
        }
        while (cursor.advance() != JsonToken.END_OBJECT) {
            String name = cursor.text();
            cursor.advance();
            switch (name) {
                case "name", "description", "parameters" -> {}
                case "strict" -> traits.use(cursor.token() == JsonToken.VALUE_TRUE, Construct.STRICT_TOOLS);
                case "cache_control" -> traits.use(cursor.given(), Construct.CACHE_CONTROL);
                default -> traits.use(cursor.given(), Construct.NATIVE);
            }
            cursor.skipValue();
        }
    }

    private void type() {
        if (cursor.token() == JsonToken.VALUE_STRING) {
            traits.use(!cursor.text().equals("function"), Construct.NATIVE);
        }
    }

    /** The calls of an earlier turn. */
    void calls() {
        if (cursor.token() != JsonToken.START_ARRAY) {
            cursor.skipValue();
            return;
        }
        while (cursor.advance() != JsonToken.END_ARRAY) {
            traits.use(Construct.TOOLS);
            if (cursor.token() == JsonToken.START_OBJECT) {
                typed();
            } else {
                cursor.skipValue();
            }
        }
    }

    private void typed() {
        while (cursor.advance() != JsonToken.END_OBJECT) {
            boolean type = cursor.text().equals("type");
            cursor.advance();
            if (type) {
                type();
            }
            cursor.skipValue();
        }
    }

    /** {@code tool_choice}, a word or an object that was checked to be one of the two. */
    void choice() {
        if (cursor.token() == JsonToken.VALUE_STRING) {
            traits.use(!cursor.text().equals("auto"), Construct.TOOL_CHOICE);
        } else if (cursor.token() == JsonToken.START_OBJECT) {
            traits.use(Construct.TOOL_CHOICE);
            typed();
        }
    }
}
