package dev.tierway.adapter.http.wire;

import com.fasterxml.jackson.core.JsonToken;
import dev.tierway.application.rules.TextTail;
import java.util.ArrayList;
import java.util.List;

/** The text of a body's messages, read a second time, from the last backwards, only when somebody asks. */
public final class MessageText {
    private final byte[] body;
    private final MessageSpans messages;

    /** @param body whose messages were found to be well-formed */
    public MessageText(byte[] body, MessageSpans messages) {
        this.body = body;
        this.messages = messages;
    }

    /**
     * The end of it; contents' texts alone, each followed by a line feed.
     *
     * @param mostBytes of UTF-8
     */
    public String tail(int mostBytes) {
        TextTail tail = new TextTail(mostBytes);
        for (int i = messages.count() - 1; i >= 0 && !tail.full(); i--) {
            for (String part : parts(i).reversed()) {
                tail.precede(part);
            }
        }
        return tail.text();
    }

    private List<String> parts(int message) {
        JsonCursor cursor = new JsonCursor(body, messages.start(message), messages.end(message));
        List<String> parts = new ArrayList<>(1);
        cursor.advance();
        while (cursor.advance() != JsonToken.END_OBJECT) {
            boolean content = cursor.text().equals("content");
            switch (cursor.advance()) {
                case VALUE_STRING -> {
                    if (content) {
                        parts.add(cursor.text());
                    }
                }
                case START_ARRAY -> {
                    if (content) {
                        texts(cursor, parts);
                    } else {
                        cursor.skipValue();
                    }
                }
                default -> cursor.skipValue();
            }
        }
        return parts;
    }

    private static void texts(JsonCursor cursor, List<String> parts) {
        while (cursor.advance() != JsonToken.END_ARRAY) {
            while (cursor.advance() != JsonToken.END_OBJECT) {
                boolean text = cursor.text().equals("text");
                if (cursor.advance() == JsonToken.VALUE_STRING && text) {
                    parts.add(cursor.text());
                } else {
                    cursor.skipValue();
                }
            }
        }
    }
}
