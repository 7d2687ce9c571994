package dev.tierway.adapter.providers.bedrock;

import dev.tierway.adapter.providers.http.SseSplitter;
import dev.tierway.adapter.providers.http.StreamEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;

/** A reply over HTTP/1.1 on its way: its body in Converse's words, or, if it is broken somehow, as it is. */
final class BridgeReply {
    private static final int MOST_HELD = 64 << 10;

    private final Consumer<byte[]> out;
    private final BridgeWords words;
    private final boolean stream;
    private final SseSplitter events;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private byte[] held = {};
    private String head = "";
    private int left = -1;
    private boolean chunked;
    private boolean verbatim;
    private boolean whole;

    BridgeReply(Consumer<byte[]> out, boolean stream) {
        this.out = out;
        this.stream = stream;
        this.words = new BridgeWords(this::chunk);
        this.events = new SseSplitter(MOST_HELD, this::event);
    }

    boolean isWhole() {
        return whole;
    }

    void bytes(byte[] bytes) {
        if (verbatim) {
            out.accept(bytes);
            return;
        }
        held = ConverseBridge.join(held, bytes);
        if (head.isEmpty() && !readHead()) {
            if (held.length > MOST_HELD) {
                asItIs();
            }
            return;
        }
        if (!verbatim) {
            readBody();
        }
    }

    private boolean readHead() {
        String text = new String(held, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return false;
        }
        head = text.substring(0, end);
        String lower = head.toLowerCase(Locale.ROOT);
        chunked = lower.contains("transfer-encoding: chunked");
        int length = lower.indexOf("content-length: ");
        boolean readable = lower.startsWith("http/1.1 200")
                && !lower.contains("content-encoding")
                && !lower.contains("text/html")
                && length == lower.lastIndexOf("content-length: ")
                && end < MOST_HELD;
        if (!readable) {
            asItIs();
            return true;
        }
        if (length >= 0) {
            String rest = lower.substring(length + 16);
            int line = rest.indexOf('\r');
            left = Integer.parseInt((line < 0 ? rest : rest.substring(0, line)).strip());
        }
        held = Arrays.copyOfRange(held, end + 4, held.length);
        if (stream) {
            out.accept((head.replace("text/event-stream", "application/vnd.amazon.eventstream") + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
        }
        return true;
    }

    private void asItIs() {
        verbatim = true;
        whole = true;
        out.accept(held);
    }

    private void readBody() {
        if (!chunked) {
            body.writeBytes(held);
            held = new byte[0];
            if (body.size() >= left) {
                unary();
            }
            return;
        }
        while (true) {
            String text = new String(held, StandardCharsets.ISO_8859_1);
            int line = text.indexOf("\r\n");
            int size = line < 0 ? -1 : Integer.parseInt(text.substring(0, line), 16);
            if (line < 0 || held.length < line + 2 + size + 2) {
                return;
            }
            byte[] content = Arrays.copyOfRange(held, line + 2, line + 2 + size);
            held = Arrays.copyOfRange(held, line + 2 + size + 2, held.length);
            if (size == 0) {
                end();
                return;
            }
            content(content);
        }
    }

    private void content(byte[] content) {
        if (!stream) {
            body.writeBytes(content);
            if (body.size() > MOST_HELD) {
                // Longer than any answer: no longer held, whatever it is.
                if (left < 0) {
                    left = 0;
                    out.accept((head + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
                }
                chunk(body.toByteArray());
                body.reset();
            }
        } else if (!events.feed(content)) {
            chunk(content);
        }
    }

    private boolean event(StreamEvent event) {
        words.event(Arrays.copyOfRange(event.data(), event.offset(), event.offset() + event.length()));
        return true;
    }

    private void end() {
        if (stream) {
            whole = true;
            out.accept("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        } else {
            unary();
        }
    }

    private void unary() {
        whole = true;
        byte[] answer = BridgeWords.unary(body.toByteArray());
        String plain = head.replaceAll("(?i)\r\n(content-length|transfer-encoding): [^\r]*", "");
        out.accept(ConverseBridge.join(
                (plain + "\r\ncontent-length: " + answer.length + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1),
                answer));
    }

    /** In two packets, so that no frame arrives in one. */
    private void chunk(byte[] content) {
        int half = content.length / 2;
        for (byte[] part :
                new byte[][] {Arrays.copyOf(content, half), Arrays.copyOfRange(content, half, content.length)}) {
            if (part.length > 0) {
                out.accept(ConverseBridge.join(
                        (Integer.toHexString(part.length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1),
                        part,
                        "\r\n".getBytes(StandardCharsets.ISO_8859_1)));
            }
        }
    }
}
