package dev.tierway.adapter.providers.bedrock;

import dev.tierway.adapter.providers.http.StreamEvent;
import dev.tierway.adapter.providers.http.StreamSplitter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/**
 * Cuts {@code application/vnd.amazon.eventstream} into events, wherever the packets' borders are. A frame begins with its
 * length, the length of its headers and a checksum of both, and ends with a checksum of all: Smithy, "Amazon Event Stream
 * Specification".
 */
final class EventStreamSplitter implements StreamSplitter {
    /** Begins the names of events that tell of a failure; the exception's or error's own name follows. */
    static final String FAILURE = "failure:";

    private static final int PRELUDE = 12;
    private static final int CHECKED_BY_PRELUDE = 8;
    private static final int SHORTEST = 16;

    private final int maxFrameBytes;
    private final Predicate<StreamEvent> receiver;
    private byte[] buffer = new byte[4096];
    private int start;
    private int end;
    private boolean stopped;

    /** @param receiver takes each event; false ends the splitting */
    EventStreamSplitter(int maxFrameBytes, Predicate<StreamEvent> receiver) {
        this.maxFrameBytes = maxFrameBytes;
        this.receiver = receiver;
    }

    @Override
    public boolean feed(byte[] bytes) {
        append(bytes);
        while (!stopped && end - start >= PRELUDE) {
            int length = frameLength();
            if (length < 0) {
                return false;
            }
            if (end - start < length) {
                return true;
            }
            byte[] frame = Arrays.copyOfRange(buffer, start, start + length);
            start += length;
            StreamEvent event = decoded(frame);
            if (event == null) {
                return false;
            }
            stopped = !receiver.test(event);
        }
        return true;
    }

    /** A frame that isn't whole is no event: whoever counts the ends of streams finds this one cut. */
    @Override
    public void finish() {
        start = end;
    }

    private void append(byte[] bytes) {
        if (end + bytes.length > buffer.length) {
            int kept = end - start;
            byte[] target = kept + bytes.length > buffer.length
                    ? new byte[Math.max(buffer.length * 2, kept + bytes.length)]
                    : buffer;
            System.arraycopy(buffer, start, target, 0, kept);
            buffer = target;
            start = 0;
            end = kept;
        }
        System.arraycopy(bytes, 0, buffer, end, bytes.length);
        end += bytes.length;
    }

    /** Looked at before the frame has come, so that a broken length makes nobody wait or hold what it claims. */
    private int frameLength() {
        ByteBuffer prelude = ByteBuffer.wrap(buffer, start, PRELUDE);
        int total = prelude.getInt();
        int headers = prelude.getInt();
        CRC32 sum = new CRC32();
        sum.update(buffer, start, CHECKED_BY_PRELUDE);
        boolean sound = (int) sum.getValue() == prelude.getInt()
                && total >= SHORTEST
                && total <= maxFrameBytes
                && headers >= 0
                && headers <= total - SHORTEST;
        return sound ? total : -1;
    }

    /** Null if its checksum is wrong or its headers make no sense. */
    private static @Nullable StreamEvent decoded(byte[] frame) {
        try {
            return event(frame, Message.decode(ByteBuffer.wrap(frame)));
        } catch (RuntimeException broken) {
            return null;
        }
    }

    private static @Nullable StreamEvent event(byte[] frame, Message message) {
        Map<String, HeaderValue> headers = message.getHeaders();
        byte[] payload = message.getPayload();
        return switch (text(headers, ":message-type")) {
            case "event" -> new StreamEvent(frame, text(headers, ":event-type"), payload, 0, payload.length);
            case "exception" ->
                new StreamEvent(frame, FAILURE + text(headers, ":exception-type"), payload, 0, payload.length);
            case "error" -> {
                byte[] words = text(headers, ":error-message").getBytes(StandardCharsets.UTF_8);
                yield new StreamEvent(frame, FAILURE + text(headers, ":error-code"), words, 0, words.length);
            }
            default -> null;
        };
    }

    /** Throws what {@link #decoded} catches if it is no text. */
    private static String text(Map<String, HeaderValue> headers, String name) {
        HeaderValue value = headers.get(name);
        return value == null ? "" : value.getString();
    }
}
