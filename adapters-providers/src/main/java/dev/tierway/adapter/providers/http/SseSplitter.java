package dev.tierway.adapter.providers.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a byte stream into server-sent events, wherever the network has cut it: WHATWG HTML, 9.2.6. Works on bytes, so
 * a character split between packets stays whole. Comments and events without data are dropped.
 */
public final class SseSplitter implements StreamSplitter {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final int maxEventBytes;
    private final Predicate<StreamEvent> receiver;
    private byte[] buffer = new byte[4096];
    private int end;
    private int scan;
    private int eventStart;
    private int lineStart;
    private boolean atStart = true;
    private boolean skipLineFeed;
    private boolean lastLineEndedCrLf;
    private boolean stopped;

    // The event so far; offsets count from eventStart, which stays where it is once there is a field.
    private boolean hasField;
    private @Nullable String name;
    private int dataOffset;
    private int dataLength = -1;
    private @Nullable ByteArrayOutputStream joined;

    /** @param receiver takes each event; false ends the splitting */
    public SseSplitter(int maxEventBytes, Predicate<StreamEvent> receiver) {
        this.maxEventBytes = maxEventBytes;
        this.receiver = receiver;
    }

    @Override
    public boolean feed(byte[] bytes) {
        append(bytes);
        if (atStart && !skipByteOrderMark()) {
            return true;
        }
        while (scan < end && !stopped) {
            byte b = buffer[scan];
            if (skipLineFeed) {
                skipLineFeed = false;
                if (b == '\n') {
                    passLineFeed();
                    continue;
                }
            }
            if (b == '\n' || b == '\r') {
                line(b);
            } else {
                scan++;
            }
        }
        return stopped || end - eventStart <= maxEventBytes;
    }

    /** An event whose blank line is missing still counts. */
    @Override
    public void finish() {
        if (!stopped && (lineStart < end || hasField)) {
            skipLineFeed = false;
            feed(lineStart < end ? new byte[] {'\n', '\n'} : new byte[] {'\n'});
        }
    }

    private void append(byte[] bytes) {
        if (eventStart > 0 && end + bytes.length > buffer.length) {
            System.arraycopy(buffer, eventStart, buffer, 0, end - eventStart);
            end -= eventStart;
            scan -= eventStart;
            lineStart -= eventStart;
            eventStart = 0;
        }
        if (end + bytes.length > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, end + bytes.length));
        }
        System.arraycopy(bytes, 0, buffer, end, bytes.length);
        end += bytes.length;
    }

    private boolean skipByteOrderMark() {
        int known = Math.min(end, BYTE_ORDER_MARK.length);
        if (Arrays.equals(buffer, 0, known, BYTE_ORDER_MARK, 0, known)) {
            if (end < BYTE_ORDER_MARK.length) {
                return false;
            }
            scan = BYTE_ORDER_MARK.length;
            lineStart = scan;
            eventStart = scan;
        }
        atStart = false;
        return true;
    }

    /** The second half of a CR LF, whose line has been taken at the CR already. */
    private void passLineFeed() {
        lastLineEndedCrLf = true;
        if (eventStart == scan) {
            eventStart++;
        }
        scan++;
        lineStart = scan;
    }

    private void line(byte terminator) {
        int length = scan - lineStart;
        scan++;
        if (length == 0) {
            endEvent(terminator);
        } else if (buffer[lineStart] == ':') {
            if (!hasField) {
                eventStart = scan;
            }
        } else {
            hasField = true;
            field(length);
        }
        lineStart = scan;
        skipLineFeed = terminator == '\r';
        lastLineEndedCrLf = false;
    }

    private void field(int length) {
        int colon = lineStart;
        int lineEnd = lineStart + length;
        while (colon < lineEnd && buffer[colon] != ':') {
            colon++;
        }
        int value = Math.min(colon + 1, lineEnd);
        if (value < lineEnd && buffer[value] == ' ') {
            value++;
        }
        if (isField("data", colon)) {
            data(value, lineEnd - value);
        } else if (isField("event", colon)) {
            name = new String(buffer, value, lineEnd - value, StandardCharsets.UTF_8);
        }
    }

    private boolean isField(String field, int colon) {
        if (colon - lineStart != field.length()) {
            return false;
        }
        for (int i = 0; i < field.length(); i++) {
            if (buffer[lineStart + i] != field.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void data(int from, int length) {
        if (dataLength < 0) {
            dataOffset = from - eventStart;
            dataLength = length;
            return;
        }
        ByteArrayOutputStream all = joined;
        if (all == null) {
            all = new ByteArrayOutputStream();
            all.write(buffer, eventStart + dataOffset, dataLength);
            joined = all;
        }
        all.write('\n');
        all.write(buffer, from, length);
    }

    private void endEvent(byte terminator) {
        if (dataLength >= 0) {
            // The LF of a blank line's CR LF may be in a packet yet to come: nobody waits for it, it is put in here.
            boolean lineFeedMissing = terminator == '\r' && lastLineEndedCrLf;
            byte[] raw = Arrays.copyOfRange(buffer, eventStart, scan + (lineFeedMissing ? 1 : 0));
            if (lineFeedMissing) {
                raw[raw.length - 1] = '\n';
            }
            byte[] data = joined == null ? raw : joined.toByteArray();
            stopped = !receiver.test(new StreamEvent(
                    raw, name, data, joined == null ? dataOffset : 0, joined == null ? dataLength : data.length));
        }
        eventStart = scan;
        hasField = false;
        name = null;
        dataLength = -1;
        joined = null;
    }
}
