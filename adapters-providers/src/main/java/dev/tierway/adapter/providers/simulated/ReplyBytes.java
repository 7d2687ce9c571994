package dev.tierway.adapter.providers.simulated;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** HTTP/1.1 and server-sent events as bytes. */
final class ReplyBytes {
    static final byte[] LAST_CHUNK = utf8("0\r\n\r\n");
    static final String JSON = "application/json";
    static final String EVENT_STREAM = "text/event-stream";

    private ReplyBytes() {}

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] head(int status, List<String> headers) {
        StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append(" -\r\n");
        for (String line : headers) {
            head.append(line).append("\r\n");
        }
        return utf8(head.append("\r\n").toString());
    }

    /** One piece of a chunked body. */
    static byte[] chunk(byte[] content) {
        return join(utf8(Integer.toHexString(content.length) + "\r\n"), content, utf8("\r\n"));
    }

    static byte[] event(byte[] data) {
        return join(utf8("data: "), data, utf8("\n\n"));
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
