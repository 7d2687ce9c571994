package dev.tierway.adapter.http.openai;

import com.fasterxml.jackson.core.JsonToken;
import dev.tierway.adapter.http.wire.JsonCursor;
import dev.tierway.adapter.http.wire.MediaTokens;
import dev.tierway.domain.catalogue.Construct;

/** Passes over the value of a {@code file}: by value, by address, or by the name a vendor keeps it under. */
final class FileScan {
    private static final byte[] HTTP = {'h', 't', 't', 'p'};

    private final JsonCursor cursor;
    private final byte[] body;
    private final RequestTraits traits;

    FileScan(JsonCursor cursor, byte[] body, RequestTraits traits) {
        this.cursor = cursor;
        this.body = body;
        this.traits = traits;
    }

    /** Gives the tokens it is likely to cost. */
    long scan() {
        if (cursor.token() != JsonToken.START_OBJECT) {
            cursor.skipValue();
            return 0;
        }
        int from = cursor.start();
        while (cursor.advance() != JsonToken.END_OBJECT) {
            String name = cursor.text();
            cursor.advance();
            switch (name) {
                case "filename" -> {}
                case "file_data" -> {
                    traits.use(cursor.given(), Construct.FILE);
                    traits.use(cursor.startsWith(body, HTTP), Construct.FILE_URL);
                }
                case "file_id" -> traits.use(cursor.given(), Construct.FILE_ID);
                default -> traits.use(cursor.given(), Construct.NATIVE);
            }
            cursor.skipValue();
        }
        return MediaTokens.ofFile(cursor.end() - from);
    }
}
