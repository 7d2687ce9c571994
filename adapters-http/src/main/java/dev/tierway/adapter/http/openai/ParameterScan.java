package dev.tierway.adapter.http.openai;

import com.fasterxml.jackson.core.JsonToken;
import dev.tierway.adapter.http.wire.JsonCursor;
import dev.tierway.domain.catalogue.Construct;
import java.util.Map;

/**
 * Passes over members that matter only where a dialect hasn't got them, or when a body has to be translated: wrong types
 * are told at once, not then.
 */
final class ParameterScan {
    private enum Type {
        NUMBER("a number"),
        WHOLE_NUMBER("a whole number"),
        FLAG("true or false"),
        TEXT("a string"),
        OBJECT("an object"),
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
                case TEXT -> token == JsonToken.VALUE_STRING;
                case OBJECT -> token == JsonToken.START_OBJECT;
                case TEXT_OR_OBJECT -> token == JsonToken.VALUE_STRING || token == JsonToken.START_OBJECT;
                case TEXT_OR_ARRAY -> token == JsonToken.VALUE_STRING || token == JsonToken.START_ARRAY;
            };
        }
    }

    private record Known(Type type, Construct construct) {}

    private static final Map<String, Known> KNOWN = Map.ofEntries(
            Map.entry("temperature", new Known(Type.NUMBER, Construct.TEMPERATURE)),
            Map.entry("top_p", new Known(Type.NUMBER, Construct.TOP_P)),
            Map.entry("top_k", new Known(Type.WHOLE_NUMBER, Construct.TOP_K)),
            Map.entry("frequency_penalty", new Known(Type.NUMBER, Construct.FREQUENCY_PENALTY)),
            Map.entry("presence_penalty", new Known(Type.NUMBER, Construct.PRESENCE_PENALTY)),
            Map.entry("seed", new Known(Type.WHOLE_NUMBER, Construct.SEED)),
            Map.entry("stop", new Known(Type.TEXT_OR_ARRAY, Construct.STOP)),
            Map.entry("logprobs", new Known(Type.FLAG, Construct.LOG_PROBS)),
            Map.entry("top_logprobs", new Known(Type.WHOLE_NUMBER, Construct.LOG_PROBS)),
            Map.entry("metadata", new Known(Type.OBJECT, Construct.METADATA)),
            Map.entry("service_tier", new Known(Type.TEXT, Construct.SERVICE_TIER)),
            Map.entry("parallel_tool_calls", new Known(Type.FLAG, Construct.PARALLEL_TOOL_CALLS)),
            Map.entry("tool_choice", new Known(Type.TEXT_OR_OBJECT, Construct.TOOL_CHOICE)));

    private final JsonCursor cursor;
    private final RequestTraits traits;
    private final ToolScan tools;

    ParameterScan(JsonCursor cursor, RequestTraits traits) {
        this.cursor = cursor;
        this.traits = traits;
        this.tools = new ToolScan(cursor, traits);
    }

    /** Null leaves a member out, so it fits everywhere. */
    void scan(String name) {
        if (!cursor.given()) {
            return;
        }
        Known known = KNOWN.get(name);
        if (known == null) {
            traits.use(Construct.OTHER);
        } else if (known.type.fits(cursor.token())) {
            known(name, known.construct);
        } else {
            throw cursor.wrongType(name, known.type.words);
        }
        cursor.skipValue();
    }

    private void known(String name, Construct construct) {
        switch (name) {
            case "tool_choice" -> tools.choice();
            case "logprobs" -> traits.use(cursor.token() == JsonToken.VALUE_TRUE, construct);
            case "stop", "metadata" -> traits.use(cursor.holdsSomething(), construct);
            default -> traits.use(construct);
        }
    }
}
