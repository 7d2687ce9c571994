package dev.tierway.adapter.providers.bedrock;

import dev.tierway.adapter.providers.http.StreamSplitter;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/** Event streams as Bedrock frames them, and what cuts them. */
public final class BedrockFrames {
    private BedrockFrames() {}

    public static StreamSplitter.Framing framing() {
        return EventStreamSplitter::new;
    }

    /** One whole frame with right checksums. */
    public static byte[] event(String type, byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Message(
                        Map.of(
                                ":event-type",
                                HeaderValue.fromString(type),
                                ":message-type",
                                HeaderValue.fromString("event")),
                        payload)
                .encode(out);
        return out.toByteArray();
    }
}
