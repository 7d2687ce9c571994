package dev.tierway.adapter.providers.simulated;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads HTTP/1.1 requests off a socket, one at a time; what follows one waits. Enough for clients of OpenAI's format,
 * with a length or in chunks, and no more.
 */
final class RequestParser {
    private static final int MAX_HEAD = 64 << 10;
    private static final int MAX_BODY = 64 << 20;

    private byte[] buffer = new byte[0];
    private @Nullable Head head;
    private ByteArrayOutputStream body = new ByteArrayOutputStream();

    void feed(byte[] bytes) {
        buffer = ReplyBytes.join(buffer, bytes);
    }

    /** The head of the request that is arriving; null until it is complete. */
    @Nullable
    Head head() {
        if (head == null) {
            int end = indexOf("\r\n\r\n", 0);
            if (end >= 0) {
                head = parse(new String(buffer, 0, end, StandardCharsets.ISO_8859_1));
                consume(end + 4);
            } else if (buffer.length > MAX_HEAD) {
                throw new IllegalArgumentException("headers of more than " + MAX_HEAD + " bytes");
            }
        }
        return head;
    }

    /** The next whole request; null until it has arrived. */
    @Nullable
    RecordedRequest next() {
        Head current = head();
        if (current == null || !(current.chunked() ? chunks() : length(current))) {
            return null;
        }
        RecordedRequest request =
                new RecordedRequest(current.method(), current.path(), current.headers(), body.toByteArray());
        head = null;
        body = new ByteArrayOutputStream();
        return request;
    }

    private boolean length(Head current) {
        String text = current.headers().getOrDefault("content-length", "0");
        int length = Integer.parseInt(text);
        if (length < 0 || length > MAX_BODY) {
            throw new IllegalArgumentException("a body of " + text + " bytes");
        }
        if (buffer.length < length) {
            return false;
        }
        body.write(buffer, 0, length);
        consume(length);
        return true;
    }

    private boolean chunks() {
        int lineEnd = indexOf("\r\n", 0);
        while (lineEnd >= 0) {
            int size = Integer.parseInt(new String(buffer, 0, lineEnd, StandardCharsets.ISO_8859_1).strip(), 16);
            if (size < 0 || size > MAX_BODY - body.size()) {
                throw new IllegalArgumentException("a body of more than " + MAX_BODY + " bytes");
            }
            if (buffer.length < lineEnd + 2 + size + 2) {
                return false;
            }
            body.write(buffer, lineEnd + 2, size);
            consume(lineEnd + 2 + size + 2);
            if (size == 0) {
                return true;
            }
            lineEnd = indexOf("\r\n", 0);
        }
        return false;
    }

    private static Head parse(String text) {
        String[] lines = text.split("\r\n");
        String[] start = lines[0].split(" ");
        if (start.length != 3 || !start[2].startsWith("HTTP/1.")) {
            throw new IllegalArgumentException("not an HTTP/1.1 request");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line : Arrays.asList(lines).subList(1, lines.length)) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException("a header without a colon");
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new Head(start[0], start[1], headers);
    }

    private int indexOf(String what, int from) {
        for (int i = from; i <= buffer.length - what.length(); i++) {
            int j = 0;
            while (j < what.length() && buffer[i + j] == what.charAt(j)) {
                j++;
            }
            if (j == what.length()) {
                return i;
            }
        }
        return -1;
    }

    private void consume(int bytes) {
        buffer = Arrays.copyOfRange(buffer, bytes, buffer.length);
    }

    /** A request line and its headers. */
    record Head(String method, String path, Map<String, String> headers) {
        boolean chunked() {
            return headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked");
        }

        boolean expectsContinue() {
            return headers.getOrDefault("expect", "").equalsIgnoreCase("100-continue");
        }

        boolean lastOfConnection() {
            return headers.getOrDefault("connection", "").equalsIgnoreCase("close");
        }
    }
}
