package dev.tierway.adapter.http.openai;

import com.fasterxml.jackson.core.JsonToken;
import dev.tierway.adapter.http.wire.JsonCursor;
import java.util.Map;

/** The types of members that matter only when a body has to be translated: wrong ones are told at once, not then. */
final class MemberTypes {
    private enum Type {
        NUMBER("a number"),
        WHOLE_NUMBER("a whole number"),
        FLAG("true or false"),
        TEXT_OR_OBJECT("a string or an object"),
        TEXT_OR_ARRAY("a string or an array of strings");

        private final String words;

        Type(String words) {
            this.words = words;
        }

        boolean fits(JsonToken token) {
            return switch (this) {
                case NUMBER -> token.isNumeric();
                case WHOLE_NUMBER -> token == JsonToken.VALUE_NUMBER_INT;
                case FLAG -> token.isBoolean();
                case TEXT_OR_OBJECT -> token == JsonToken.VALUE_STRING || token == JsonToken.START_OBJECT;
                case TEXT_OR_ARRAY -> token == JsonToken.VALUE_STRING || token == JsonToken.START_ARRAY;
            };
        }
    }

    private static final Map<String, Type> TYPES = Map.of(
            "temperature", Type.NUMBER,
            "top_p", Type.NUMBER,
            "frequency_penalty", Type.NUMBER,
            "presence_penalty", Type.NUMBER,
            "seed", Type.WHOLE_NUMBER,
            "stop", Type.TEXT_OR_ARRAY,
            "tool_choice", Type.TEXT_OR_OBJECT,
            "parallel_tool_calls", Type.FLAG);

    private MemberTypes() {}

    /** Checks the member's value and passes over it. Null leaves a member out, so it fits everywhere. */
    static void check(String name, JsonCursor cursor) {
        Type type = TYPES.get(name);
        if (type != null && cursor.token() != JsonToken.VALUE_NULL && !type.fits(cursor.token())) {
            throw cursor.wrongType(name, type.words);
        }
        cursor.skipValue();
    }
}
