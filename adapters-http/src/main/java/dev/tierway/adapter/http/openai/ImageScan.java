package dev.tierway.adapter.http.openai;

import com.fasterxml.jackson.core.JsonToken;
import dev.tierway.adapter.http.wire.JsonCursor;
import dev.tierway.adapter.http.wire.MediaTokens;
import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.Construct;

/** Passes over the value of an {@code image_url}: an image by value or by address. */
final class ImageScan {
    private static final byte[] DATA = {'d', 'a', 't', 'a', ':'};

    private final JsonCursor cursor;
    private final byte[] body;
    private final RequestTraits traits;

    ImageScan(JsonCursor cursor, byte[] body, RequestTraits traits) {
        this.cursor = cursor;
        this.body = body;
        this.traits = traits;
    }

    /** Gives the tokens it is likely to cost. */
    long scan() {
        traits.need(Capability.VISION);
        boolean lowDetail = false;
        if (cursor.token() == JsonToken.VALUE_STRING) {
            address();
        } else if (cursor.token() == JsonToken.START_OBJECT) {
            while (cursor.advance() != JsonToken.END_OBJECT) {
                String name = cursor.text();
                boolean text = cursor.advance() == JsonToken.VALUE_STRING;
                if (text && name.equals("url")) {
                    address();
                } else if (text && name.equals("detail")) {
                    traits.use(Construct.IMAGE_DETAIL);
                    lowDetail = cursor.text().equals("low");
                } else {
                    cursor.skipValue();
                }
            }
        } else {
            cursor.skipValue();
        }
        return lowDetail ? MediaTokens.IMAGE_LOW_DETAIL : MediaTokens.IMAGE;
    }

    private void address() {
        if (!cursor.startsWith(body, DATA)) {
            traits.need(Capability.IMAGE_URL);
            traits.use(Construct.IMAGE_URL);
        }
    }
}
