package dev.tierway.adapter.http.openai;

import com.fasterxml.jackson.core.JsonToken;
import dev.tierway.adapter.http.wire.JsonCursor;
import dev.tierway.application.port.out.WireRequest;
import org.jspecify.annotations.Nullable;

/**
 * What a body says in {@code stream_options}.
 *
 * @param start the byte after its opening brace; -1 if it is null
 * @param empty whether it has no member
 * @param includeUsage what the caller said; null if it didn't
 */
record StreamOptions(int start, boolean empty, @Nullable Boolean includeUsage) {
    private static final String INCLUDE_USAGE = "\"include_usage\":true";

    /** The cursor stands on the value. */
    static StreamOptions scan(JsonCursor cursor) {
        if (cursor.token() == JsonToken.VALUE_NULL) {
            return new StreamOptions(-1, true, null);
        }
        if (cursor.token() != JsonToken.START_OBJECT) {
            throw cursor.wrongType("stream_options", "an object");
        }
        int start = cursor.end();
        boolean empty = true;
        Boolean includeUsage = null;
        while (cursor.advance() != JsonToken.END_OBJECT) {
            empty = false;
            boolean ours = cursor.text().equals("include_usage");
            cursor.advance();
            if (ours) {
                includeUsage = cursor.flag("stream_options.include_usage");
            } else {
                cursor.skipValue();
            }
        }
        return new StreamOptions(start, empty, includeUsage);
    }

    /**
     * What makes a stream end with its usage. Nothing where the caller decided itself; nor for an explicit null, which
     * can't be completed without replacing the caller's bytes.
     */
    static WireRequest.@Nullable Insertion insertion(@Nullable StreamOptions given, int rootStart) {
        if (given == null) {
            return new WireRequest.Insertion(rootStart + 1, "\"stream_options\":{" + INCLUDE_USAGE + "},");
        }
        if (given.includeUsage != null || given.start < 0) {
            return null;
        }
        return new WireRequest.Insertion(given.start, given.empty ? INCLUDE_USAGE : INCLUDE_USAGE + ",");
    }
}
