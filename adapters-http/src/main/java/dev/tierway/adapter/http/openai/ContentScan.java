package dev.tierway.adapter.http.openai;

import com.fasterxml.jackson.core.JsonToken;
import dev.tierway.adapter.http.server.HttpProblem;
import dev.tierway.adapter.http.wire.JsonCursor;
import dev.tierway.adapter.http.wire.MediaTokens;
import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.Construct;

/** Passes over messages' {@code content}: a text, or a list of parts. */
final class ContentScan {
    private final JsonCursor cursor;
    private final RequestTraits traits;
    private final ImageScan images;
    private final FileScan files;
    private long mediaTokens;

    ContentScan(JsonCursor cursor, byte[] body, RequestTraits traits) {
        this.cursor = cursor;
        this.traits = traits;
        this.images = new ImageScan(cursor, body, traits);
        this.files = new FileScan(cursor, body, traits);
    }

    long mediaTokens() {
        return mediaTokens;
    }

    /**
     * Gives the bytes of its text.
     *
     * @param message which one, for errors
     */
    long scan(int message) {
        return switch (cursor.token()) {
            case VALUE_STRING -> cursor.utf8Bytes();
            case VALUE_NULL -> 0;
            case START_ARRAY -> {
                long bytes = 0;
                for (int i = 0; cursor.advance() != JsonToken.END_ARRAY; i++) {
                    bytes += part(message, i);
                }
                yield bytes;
            }
            default -> throw cursor.wrongType(at(message), "a string or an array of parts");
        };
    }

    private static String at(int message) {
        return "messages[" + message + "].content";
    }

    private long part(int message, int index) {
        if (cursor.token() != JsonToken.START_OBJECT) {
            throw cursor.wrongType(at(message) + "[" + index + "]", "an object with 'type'");
        }
        long bytes = 0;
        boolean hasType = false;
        while (cursor.advance() != JsonToken.END_OBJECT) {
            String name = cursor.text();
            cursor.advance();
            switch (name) {
                case "type" -> {
                    hasType = true;
                    type(message);
                }
                case "text", "refusal" -> bytes += cursor.textBytes();
                case "image_url" -> mediaTokens += images.scan();
                case "input_audio" -> {
                    traits.need(Capability.AUDIO);
                    traits.use(Construct.AUDIO);
                    mediaTokens += MediaTokens.ofAudio(cursor.spanOfValue());
                }
                case "file" -> mediaTokens += files.scan();
                case "cache_control" -> {
                    traits.use(cursor.given(), Construct.CACHE_CONTROL);
                    cursor.skipValue();
                }
                default -> {
                    traits.use(cursor.given(), Construct.NATIVE);
                    cursor.skipValue();
                }
            }
        }
        if (!hasType) {
            String part = at(message) + "[" + index + "]";
            throw HttpProblem.invalid("'" + part + "' has no 'type'.", part + ".type");
        }
        return bytes;
    }

    private void type(int message) {
        if (cursor.token() != JsonToken.VALUE_STRING) {
            throw cursor.wrongType(at(message) + "[].type", "a string");
        }
        switch (cursor.text()) {
            case "text", "refusal", "image_url", "input_audio", "file" -> {}
            default -> traits.use(Construct.NATIVE);
        }
    }
}
