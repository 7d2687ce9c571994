package dev.tierway.adapter.http.openai;

import dev.tierway.adapter.http.server.ErrorShape;
import dev.tierway.adapter.http.wire.InboundFormat;
import dev.tierway.adapter.http.wire.ReplyStream;
import dev.tierway.adapter.http.wire.ScannedRequest;
import dev.tierway.adapter.http.wire.Told;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.port.out.WireFormat;
import java.util.function.Consumer;

/** OpenAI's legacy completions: a prompt goes on. To other dialects it is a chat's only message. */
public final class TextCompletions implements InboundFormat {
    @Override
    public ScannedRequest scan(byte[] body, long salt) {
        return DecodedScan.scan(body, WireFormat.OPENAI_COMPLETIONS, PromptDecoder::decode);
    }

    @Override
    public byte[] whole(ScannedRequest asked, ChatResponse response) {
        return TextCompletionEncoder.whole(response);
    }

    @Override
    public ReplyStream stream(ScannedRequest asked, Told told, long nowEpochSeconds, Consumer<byte[]> out) {
        return new ChatStream(
                asked.usageAsked(),
                told,
                begun -> new TextChunkEncoder("cmpl-" + begun.callId(), begun.modelName(), nowEpochSeconds),
                out);
    }

    @Override
    public ErrorShape errors() {
        return ErrorShape.OPENAI;
    }
}
