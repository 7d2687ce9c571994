package dev.tierway.adapter.http.openai;

import com.fasterxml.jackson.core.JsonToken;
import dev.tierway.adapter.http.wire.JsonCursor;
import dev.tierway.adapter.http.wire.MediaTokens;
import dev.tierway.domain.catalogue.Capability;
import java.util.Arrays;
import java.util.Set;

/** Passes over the value of an {@code image_url}: an image by value or by address. */
final class ImageScan {
    private static final byte[] DATA = {'d', 'a', 't', 'a', ':'};

    private final JsonCursor cursor;
    private final byte[] body;
    private final Set<Capability> needs;

    ImageScan(JsonCursor cursor, byte[] body, Set<Capability> needs) {
        this.cursor = cursor;
        this.body = body;
        this.needs = needs;
    }

    /** Gives the tokens it is likely to cost. */
    long scan() {
        needs.add(Capability.VISION);
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

    /** Looks at the raw bytes: a data URL may be megabytes that nobody here needs decoded. */
    private void address() {
        int from = cursor.start() + 1;
        int to = Math.min(body.length, from + DATA.length);
        if (!Arrays.equals(body, from, to, DATA, 0, DATA.length)) {
            needs.add(Capability.IMAGE_URL);
        }
    }
}
