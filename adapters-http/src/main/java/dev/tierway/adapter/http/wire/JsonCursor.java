package dev.tierway.adapter.http.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.tierway.adapter.http.server.HttpProblem;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Walks over a body's JSON once, knows at which byte it is, and says in the client's terms what is wrong there. */
public final class JsonCursor {
    public static final int MAX_DEPTH = 200;

    // Names come from clients: not worth interning, and Jackson's own table is bounded against collisions.
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final JsonParser parser;

    public JsonCursor(byte[] body) {
        try {
            requireUtf8(body);
            this.parser = JSON.createParser(body);
        } catch (IOException e) {
            throw problem(e);
        }
    }

    /** Walks over one value of a body that was walked over before. */
    public JsonCursor(byte[] body, int start, int end) {
        try {
            this.parser = JSON.createParser(body, start, end - start);
        } catch (IOException e) {
            throw problem(e);
        }
    }

    /** JSON in UTF-8 starts with two characters of ASCII; Jackson would guess other encodings and lose our byte offsets. */
    private static void requireUtf8(byte[] body) {
        int first = body.length > 0 ? body[0] : ' ';
        int second = body.length > 1 ? body[1] : ' ';
        if (first <= 0 || second == 0) {
            throw HttpProblem.invalid("The body must be JSON in UTF-8, without a byte order mark.", null);
        }
    }

    public @Nullable JsonToken next() {
        try {
            return parser.nextToken();
        } catch (IOException e) {
            throw problem(e);
        }
    }

    /** Moves on within an object or array; its end must be there. */
    public JsonToken advance() {
        JsonToken token = next();
        if (token == null) {
            throw HttpProblem.invalid("The body ends in the middle of its JSON.", null);
        }
        return token;
    }

    public JsonToken token() {
        return parser.currentToken();
    }

    public String text() {
        try {
            return parser.getText();
        } catch (IOException e) {
            throw problem(e);
        }
    }

    /** The byte at which the current token starts. */
    public int start() {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    /** The byte after the current token; of a string only once its text was read. */
    public int end() {
        return (int) parser.currentLocation().getByteOffset();
    }

    /** Passes over an object or array with all it holds; stays on a scalar. */
    public void skipValue() {
        try {
            parser.skipChildren();
        } catch (IOException e) {
            throw problem(e);
        }
    }

    /** Passes over the current value and gives its size in bytes; of scalars other than strings a token's worth. */
    public int skipMeasured() {
        return token() == JsonToken.VALUE_STRING ? utf8Bytes() : spanOfValue();
    }

    /** Whether the current value is one: null leaves a member out. */
    public boolean given() {
        return token() != JsonToken.VALUE_NULL;
    }

    /** Whether the current value is text, or an object or array that isn't empty; passes over those. */
    public boolean holdsSomething() {
        return switch (token()) {
            case VALUE_STRING -> true;
            case START_ARRAY -> rest(JsonToken.END_ARRAY);
            case START_OBJECT -> rest(JsonToken.END_OBJECT);
            default -> false;
        };
    }

    /** Passes over what an object or array just begun holds, to its end. Gives whether there was anything. */
    private boolean rest(JsonToken end) {
        boolean any = false;
        while (advance() != end) {
            any = true;
            skipValue();
        }
        return any;
    }

    /** Passes over the current value and gives the bytes a model reads of it: text, or an object's or array's JSON. */
    public int textBytes() {
        return switch (token()) {
            case VALUE_STRING -> utf8Bytes();
            case START_OBJECT, START_ARRAY -> spanOfValue();
            default -> 0;
        };
    }

    /** Passes over an object or array and gives its size in the body, without decoding the texts it holds. */
    public int spanOfValue() {
        int from = start();
        skipValue();
        return end() - from;
    }

    /**
     * Whether the current value is text that begins so. Looks at the raw bytes: a data URL may be megabytes that nobody
     * here needs decoded.
     */
    public boolean startsWith(byte[] body, byte[] beginning) {
        int from = start() + 1;
        return token() == JsonToken.VALUE_STRING
                && Arrays.equals(
                        body, from, Math.min(body.length, from + beginning.length), beginning, 0, beginning.length);
    }

    /** UTF-8 bytes of the current string, unescaped. */
    public int utf8Bytes() {
        try {
            int length = parser.getTextLength();
            char[] chars = parser.getTextCharacters();
            int from = parser.getTextOffset();
            int bytes = length;
            for (int i = from; i < from + length; i++) {
                char c = chars[i];
                if (c >= 0x80) {
                    // Half of a surrogate pair counts two of the pair's four bytes.
                    bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
                }
            }
            return bytes;
        } catch (IOException e) {
            throw problem(e);
        }
    }

    /** The current value as a whole number of at least 1, or null. */
    public @Nullable Long positiveInteger(String param) {
        if (token() == JsonToken.VALUE_NULL) {
            return null;
        }
        try {
            if (token() == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() == JsonParser.NumberType.INT) {
                int value = parser.getIntValue();
                if (value >= 1) {
                    return (long) value;
                }
            }
        } catch (IOException e) {
            throw problem(e);
        }
        throw wrongType(param, "a whole number from 1 to " + Integer.MAX_VALUE);
    }

    /** The current value as a truth value; null is false. */
    public boolean flag(String param) {
        return switch (token()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE, VALUE_NULL -> false;
            default -> throw wrongType(param, "true or false");
        };
    }

    /** The current value as text, or null. */
    public @Nullable String optionalText(String param) {
        if (token() == JsonToken.VALUE_NULL) {
            return null;
        }
        return requireText(param);
    }

    public String requireText(String param) {
        if (token() != JsonToken.VALUE_STRING) {
            throw wrongType(param, "a string");
        }
        return text();
    }

    public HttpProblem wrongType(String param, String expected) {
        return HttpProblem.invalid("'" + param + "' must be " + expected + ", not " + found() + ".", param);
    }

    private String found() {
        return switch (token()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "the number given";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            case VALUE_NULL -> "null";
            default -> "what was given";
        };
    }

    /** Says where reading stopped, never what stood there: a body may hold secrets, and messages are logged. */
    private static HttpProblem problem(IOException e) {
        if (e instanceof StreamConstraintsException) {
            return HttpProblem.invalid(
                    "The body's JSON is out of bounds: nested deeper than " + MAX_DEPTH
                            + ", or with an absurdly long number or name.",
                    null);
        }
        String where =
                e instanceof com.fasterxml.jackson.core.JsonProcessingException json && json.getLocation() != null
                        ? " at byte " + json.getLocation().getByteOffset()
                        : "";
        return HttpProblem.invalid("The body is not well-formed JSON" + where + ".", null);
    }
}
