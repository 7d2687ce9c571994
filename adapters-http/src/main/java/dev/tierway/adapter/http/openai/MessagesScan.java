package dev.tierway.adapter.http.openai;

import com.fasterxml.jackson.core.JsonToken;
import dev.tierway.adapter.http.server.HttpProblem;
import dev.tierway.adapter.http.wire.JsonCursor;
import dev.tierway.adapter.http.wire.MediaTokens;
import dev.tierway.adapter.http.wire.MessageSpans;
import dev.tierway.domain.catalogue.Capability;
import java.util.Set;

/** Passes over {@code messages}: checks their shape, measures their text, finds what a model must be able to take. */
final class MessagesScan {
    private final JsonCursor cursor;
    private final byte[] body;
    private final Set<Capability> needs;
    private final MessageSpans spans = new MessageSpans();
    private long textBytes;
    private long mediaTokens;

    MessagesScan(JsonCursor cursor, byte[] body, Set<Capability> needs) {
        this.cursor = cursor;
        this.body = body;
        this.needs = needs;
    }

    /** The cursor stands on the value of {@code messages}. */
    void scan() {
        if (cursor.token() != JsonToken.START_ARRAY) {
            throw cursor.wrongType("messages", "an array of messages");
        }
        while (cursor.advance() != JsonToken.END_ARRAY) {
            message();
        }
        if (spans.count() == 0) {
            throw HttpProblem.invalid("'messages' must hold at least one message.", "messages");
        }
    }

    MessageSpans spans() {
        return spans;
    }

    long textBytes() {
        return textBytes;
    }

    long mediaTokens() {
        return mediaTokens;
    }

    private void message() {
        if (cursor.token() != JsonToken.START_OBJECT) {
            throw cursor.wrongType(at(""), "an object with 'role' and 'content'");
        }
        int start = cursor.start();
        boolean hasRole = false;
        while (cursor.advance() != JsonToken.END_OBJECT) {
            String name = cursor.text();
            cursor.advance();
            switch (name) {
                case "role" -> hasRole = isText(".role");
                case "content" -> content();
                default -> textBytes += measured();
            }
        }
        if (!hasRole) {
            throw HttpProblem.invalid("'" + at("") + "' has no 'role'.", at(".role"));
        }
        spans.add(start, cursor.end(), textBytes);
    }

    private void content() {
        switch (cursor.token()) {
            case VALUE_STRING -> textBytes += cursor.utf8Bytes();
            case VALUE_NULL -> {}
            case START_ARRAY -> {
                for (int i = 0; cursor.advance() != JsonToken.END_ARRAY; i++) {
                    part(i);
                }
            }
            default -> throw cursor.wrongType(at(".content"), "a string or an array of parts");
        }
    }

    private void part(int index) {
        if (cursor.token() != JsonToken.START_OBJECT) {
            throw cursor.wrongType(at(".content[" + index + "]"), "an object with 'type'");
        }
        boolean hasType = false;
        while (cursor.advance() != JsonToken.END_OBJECT) {
            String name = cursor.text();
            cursor.advance();
            switch (name) {
                case "type" -> hasType = isText(".content[].type");
                case "text", "refusal" -> textBytes += measured();
                case "image_url" -> mediaTokens += new ImageScan(cursor, body, needs).scan();
                case "input_audio" -> {
                    needs.add(Capability.AUDIO);
                    mediaTokens += MediaTokens.ofAudio(spanOfValue());
                }
                case "file" -> mediaTokens += MediaTokens.ofFile(spanOfValue());
                default -> cursor.skipValue();
            }
        }
        if (!hasType) {
            String part = at(".content[" + index + "]");
            throw HttpProblem.invalid("'" + part + "' has no 'type'.", part + ".type");
        }
    }

    private boolean isText(String member) {
        if (cursor.token() != JsonToken.VALUE_STRING) {
            throw cursor.wrongType(at(member), "a string");
        }
        return true;
    }

    /** The current message, or a member of it, by its name in errors. */
    private String at(String member) {
        return "messages[" + spans.count() + "]" + member;
    }

    /** Members beside the content (tool calls, refusals, reasoning, names) are read by the model too. */
    private int measured() {
        return switch (cursor.token()) {
            case VALUE_STRING, START_OBJECT, START_ARRAY -> cursor.skipMeasured();
            default -> 0;
        };
    }

    /** The size of an object in the body, without decoding the base64 text it holds. */
    private int spanOfValue() {
        int from = cursor.start();
        cursor.skipValue();
        return cursor.end() - from;
    }
}
