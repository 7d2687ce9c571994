package dev.tierway.adapter.http.wire;

import java.nio.charset.StandardCharsets;

/** The framing of streams. */
public final class ServerSentEvents {
    private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KEEP_ALIVE = ": keep-alive\n\n".getBytes(StandardCharsets.US_ASCII);

    private ServerSentEvents() {}

    /** One event of one line of JSON. */
    public static byte[] data(byte[] json) {
        byte[] event = new byte[DATA.length + json.length + 2];
        System.arraycopy(DATA, 0, event, 0, DATA.length);
        System.arraycopy(json, 0, event, DATA.length, json.length);
        event[event.length - 2] = '\n';
        event[event.length - 1] = '\n';
        return event;
    }

    /** One event of that type, of one line of JSON. */
    public static byte[] event(String type, byte[] json) {
        byte[] name = ("event: " + type + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] data = data(json);
        byte[] event = new byte[name.length + data.length];
        System.arraycopy(name, 0, event, 0, name.length);
        System.arraycopy(data, 0, event, name.length, data.length);
        return event;
    }

    /** The last event of a stream that is complete. */
    public static byte[] done() {
        return DONE.clone();
    }

    /** A comment that clients ignore. */
    public static byte[] keepAlive() {
        return KEEP_ALIVE.clone();
    }
}
