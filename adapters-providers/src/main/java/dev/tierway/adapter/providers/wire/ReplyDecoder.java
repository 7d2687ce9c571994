package dev.tierway.adapter.providers.wire;

import dev.tierway.adapter.providers.http.StreamEvent;
import java.io.IOException;

/** Understands one vendor's reply. One per attempt. */
public interface ReplyDecoder {
    /** @throws IOException if it is no event of this vendor's */
    DecodedEvent event(StreamEvent event) throws IOException;

    /**
     * A whole body.
     *
     * @throws VendorErrorException if it is an error instead of an answer
     * @throws IOException if it is neither
     */
    DecodedReply whole(byte[] body) throws IOException, VendorErrorException;

    /**
     * Whether a stream that stops after the last choice has finished counts as whole. Some vendors have no mark of the
     * end beside it.
     */
    default boolean finishIsEnd() {
        return true;
    }
}
