package dev.tierway.adapter.http.anthropic;

import dev.tierway.adapter.http.server.ErrorShape;
import dev.tierway.adapter.http.wire.InboundFormat;
import dev.tierway.adapter.http.wire.ReplyStream;
import dev.tierway.adapter.http.wire.ScannedRequest;
import dev.tierway.adapter.http.wire.Told;
import dev.tierway.application.chat.ChatResponse;
import java.util.function.Consumer;

/** Anthropic's messages. */
public final class Messages implements InboundFormat {
    /** Sent by every client of Anthropic's; tells them from others where both use one endpoint. */
    public static final String VERSION_HEADER = "anthropic-version";

    private static final ErrorShape ERRORS = new AnthropicErrors();

    @Override
    public ScannedRequest scan(byte[] body, long salt) {
        return MessagesBodyScan.scan(body, salt);
    }

    @Override
    public byte[] whole(ScannedRequest asked, ChatResponse response) {
        return MessageEncoder.message(response);
    }

    @Override
    public ReplyStream stream(ScannedRequest asked, Told told, long nowEpochSeconds, Consumer<byte[]> out) {
        return new MessageStream(told, out);
    }

    @Override
    public ErrorShape errors() {
        return ERRORS;
    }
}
