package dev.tierway.adapter.http.openai;

import com.fasterxml.jackson.core.JsonToken;
import dev.tierway.adapter.http.wire.JsonCursor;
import dev.tierway.domain.catalogue.Construct;
import org.jspecify.annotations.Nullable;

/** Passes over the members of a message that hold reasoning of earlier turns. One per message. */
final class ReasoningScan {
    private final JsonCursor cursor;
    private final RequestTraits traits;
    private boolean plain;
    private boolean detailed;

    ReasoningScan(JsonCursor cursor, RequestTraits traits) {
        this.cursor = cursor;
        this.traits = traits;
    }

    /** {@code reasoning_content} or {@code reasoning}: text without a signature. Gives its bytes. */
    int text() {
        int bytes = cursor.token() == JsonToken.VALUE_STRING ? cursor.utf8Bytes() : skipped();
        plain |= bytes > 0;
        return bytes;
    }

    private int skipped() {
        cursor.skipValue();
        return 0;
    }

    /** {@code reasoning_details}. Gives their bytes. */
    int details() {
        if (cursor.token() != JsonToken.START_ARRAY) {
            return skipped();
        }
        int from = cursor.start();
        while (cursor.advance() != JsonToken.END_ARRAY) {
            detailed = true;
            if (cursor.token() == JsonToken.START_OBJECT) {
                detail();
            } else {
                cursor.skipValue();
            }
        }
        return detailed ? cursor.end() - from : 0;
    }

    private void detail() {
        String vendor = null;
        boolean sealed = false;
        while (cursor.advance() != JsonToken.END_OBJECT) {
            String name = cursor.text();
            boolean text = cursor.advance() == JsonToken.VALUE_STRING;
            if (text && name.equals("format")) {
                vendor = SignedReasoning.vendor(cursor.text());
            } else if (text && (name.equals("signature") || name.equals("data"))) {
                sealed = true;
            } else {
                cursor.skipValue();
            }
        }
        said(sealed ? vendor : null);
    }

    private void said(@Nullable String vendor) {
        if (vendor == null) {
            traits.use(Construct.UNSIGNED_REASONING);
        } else {
            traits.signedBy(vendor);
        }
    }

    /** The message is over: its details, if it has any, are its reasoning; else the plain text is. */
    void over() {
        traits.use(plain && !detailed, Construct.UNSIGNED_REASONING);
    }
}
