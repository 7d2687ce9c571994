package dev.tierway.adapter.providers.bedrock;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/** Frames of event streams, as Bedrock sends them. */
public final class Frames {
    private Frames() {}

    public static byte[] event(String type, String json) {
        return frame(json, ":event-type", type, ":content-type", "application/json", ":message-type", "event");
    }

    public static byte[] exception(String type, String message) {
        return frame(
                "{\"message\":\"" + message + "\"}",
                ":exception-type",
                type,
                ":content-type",
                "application/json",
                ":message-type",
                "exception");
    }

    public static byte[] error(String code, String message) {
        return frame("", ":message-type", "error", ":error-code", code, ":error-message", message);
    }

    public static byte[] frame(String payload, String... headers) {
        Map<String, HeaderValue> all = new LinkedHashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], HeaderValue.fromString(headers[i + 1]));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Message(all, payload.getBytes(StandardCharsets.UTF_8)).encode(out);
        return out.toByteArray();
    }

    public static byte[] join(byte[]... frames) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] frame : frames) {
            out.writeBytes(frame);
        }
        return out.toByteArray();
    }

    /** A whole stream that says that text. */
    public static byte[] saying(String text) {
        return join(
                event("messageStart", "{\"role\":\"assistant\"}"),
                event("contentBlockDelta", "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"" + text + "\"}}"),
                event("contentBlockStop", "{\"contentBlockIndex\":0}"),
                event("messageStop", "{\"stopReason\":\"end_turn\"}"),
                metadata(11, 7));
    }

    public static byte[] metadata(int input, int output) {
        return event(
                "metadata",
                "{\"usage\":{\"inputTokens\":" + input + ",\"outputTokens\":" + output + ",\"totalTokens\":"
                        + (input + output) + "},\"metrics\":{\"latencyMs\":12}}");
    }
}
