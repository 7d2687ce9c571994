package dev.tierway.adapter.http.openai;

import dev.tierway.adapter.http.server.ErrorShape;
import dev.tierway.adapter.http.wire.InboundFormat;
import dev.tierway.adapter.http.wire.ReplyStream;
import dev.tierway.adapter.http.wire.ScannedRequest;
import dev.tierway.adapter.http.wire.Told;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.EmbeddingResponse;
import dev.tierway.application.port.out.Payload;
import java.util.function.Consumer;

/** OpenAI's embeddings. */
public final class Embeddings implements InboundFormat {
    @Override
    public ScannedRequest scan(byte[] body, long salt) {
        return EmbeddingBodyScan.scan(body);
    }

    @Override
    public byte[] embeddings(ScannedRequest asked, EmbeddingResponse response) {
        boolean base64 = asked.payload() instanceof Payload.Wire wire
                && EmbeddingBodyScan.asksForBase64(wire.request().body());
        return EmbeddingReplyEncoder.list(response, base64);
    }

    @Override
    public byte[] whole(ScannedRequest asked, ChatResponse response) {
        throw new IllegalStateException("a chat in answer to a request for embeddings");
    }

    @Override
    public ReplyStream stream(ScannedRequest asked, Told told, long nowEpochSeconds, Consumer<byte[]> out) {
        throw new IllegalStateException("embeddings have no streams");
    }

    @Override
    public ErrorShape errors() {
        return ErrorShape.OPENAI;
    }
}
