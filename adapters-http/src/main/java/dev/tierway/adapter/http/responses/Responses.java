package dev.tierway.adapter.http.responses;

import dev.tierway.adapter.http.openai.DecodedScan;
import dev.tierway.adapter.http.server.ErrorShape;
import dev.tierway.adapter.http.server.Json;
import dev.tierway.adapter.http.wire.InboundFormat;
import dev.tierway.adapter.http.wire.ReplyStream;
import dev.tierway.adapter.http.wire.ScannedRequest;
import dev.tierway.adapter.http.wire.Told;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.port.out.WireFormat;
import java.util.function.Consumer;

/** OpenAI's responses. Nothing is kept: each request holds its whole conversation. */
public final class Responses implements InboundFormat {
    @Override
    public ScannedRequest scan(byte[] body, long salt) {
        return DecodedScan.scan(body, WireFormat.OPENAI_RESPONSES, ResponsesRequestDecoder::decode);
    }

    @Override
    public byte[] whole(ScannedRequest asked, ChatResponse response) {
        ResponseJson json = new ResponseJson(asked.payload().chat());
        return Json.bytes(json.whole(response));
    }

    @Override
    public ReplyStream stream(ScannedRequest asked, Told told, long nowEpochSeconds, Consumer<byte[]> out) {
        return new ResponseStream(asked, told, nowEpochSeconds, out);
    }

    @Override
    public ErrorShape errors() {
        return ErrorShape.OPENAI;
    }
}
