package dev.tierway.adapter.providers.wire;

import java.io.IOException;

/** Understands one vendor's embeddings. */
public interface EmbeddingDecoder {
    /**
     * A whole body.
     *
     * @throws VendorErrorException if it is an error instead of embeddings
     * @throws IOException if it is neither, or its embeddings differ in size
     */
    DecodedEmbeddings whole(byte[] body) throws IOException, VendorErrorException;
}
