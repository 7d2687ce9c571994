package dev.tierway.adapter.http.wire;

import dev.tierway.adapter.http.server.ErrorShape;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.EmbeddingResponse;
import java.util.function.Consumer;

/**
 * A wire format that clients speak: how its bodies are read and its callers answered. Everything else about a call is
 * the same whatever the format.
 */
public interface InboundFormat {
    /**
     * Reads a body in one pass.
     *
     * @param body never changed, and kept
     * @param salt of the caller, for the prefix hashes
     * @throws dev.tierway.adapter.http.server.HttpProblem 400, naming the part that is wrong
     */
    ScannedRequest scan(byte[] body, long salt);

    /** A whole answer in neutral types as this format's body. */
    byte[] whole(ScannedRequest asked, ChatResponse response);

    /** Whole embeddings in neutral types as this format's body; only of formats that ask for them. */
    default byte[] embeddings(ScannedRequest asked, EmbeddingResponse response) {
        throw new IllegalStateException("embeddings in answer to a chat");
    }

    /**
     * Begins a streamed answer.
     *
     * @param told what the stream's end says beside the answer
     * @param nowEpochSeconds for formats that date their answers
     * @param out where bytes go that are ready for the client
     */
    ReplyStream stream(ScannedRequest asked, Told told, long nowEpochSeconds, Consumer<byte[]> out);

    /** How its clients expect errors. */
    ErrorShape errors();
}
