package dev.tierway.adapter.http.anthropic;

import com.fasterxml.jackson.core.JsonToken;
import dev.tierway.adapter.http.wire.JsonCursor;

/**
 * What a block's {@code source} is.
 *
 * @param byUrl whether the vendor must fetch it
 * @param byId whether the vendor keeps it
 * @param bytes of its JSON
 */
record SourceScan(boolean byUrl, boolean byId, int bytes) {
    /** Passes over the value without decoding the base64 text it may hold. */
    static SourceScan scan(JsonCursor cursor) {
        int from = cursor.start();
        boolean byUrl = false;
        boolean byId = false;
        if (cursor.token() == JsonToken.START_OBJECT) {
            while (cursor.advance() != JsonToken.END_OBJECT) {
                boolean type = cursor.text().equals("type");
                if (cursor.advance() == JsonToken.VALUE_STRING && type) {
                    byUrl = cursor.text().equals("url");
                    byId = cursor.text().equals("file");
                } else {
                    cursor.skipValue();
                }
            }
        } else {
            cursor.skipValue();
        }
        return new SourceScan(byUrl, byId, cursor.end() - from);
    }
}
