package dev.tierway.adapter.http.openai;

import dev.tierway.adapter.http.server.ErrorShape;
import dev.tierway.adapter.http.wire.InboundFormat;
import dev.tierway.adapter.http.wire.ReplyStream;
import dev.tierway.adapter.http.wire.ScannedRequest;
import dev.tierway.adapter.http.wire.Told;
import dev.tierway.application.chat.ChatResponse;
import java.util.function.Consumer;

/** OpenAI's chat completions. */
public final class ChatCompletions implements InboundFormat {
    @Override
    public ScannedRequest scan(byte[] body, long salt) {
        return ChatBodyScan.scan(body, salt);
    }

    @Override
    public byte[] whole(ScannedRequest asked, ChatResponse response) {
        return OpenAiReplyEncoder.completion(response);
    }

    @Override
    public ReplyStream stream(ScannedRequest asked, Told told, long nowEpochSeconds, Consumer<byte[]> out) {
        return new ChatStream(
                asked.usageAsked(),
                told,
                begun -> new ChunkEncoder("chatcmpl-" + begun.callId(), begun.modelName(), nowEpochSeconds),
                out);
    }

    @Override
    public ErrorShape errors() {
        return ErrorShape.OPENAI;
    }
}
