package dev.tierway.adapter.providers.http;

import java.util.Arrays;
import java.util.function.Predicate;

/** Cuts a byte stream into lines, each of which is an event: newline-delimited JSON. Blank lines are dropped. */
public final class LineSplitter implements StreamSplitter {
    private final int maxEventBytes;
    private final Predicate<StreamEvent> receiver;
    private byte[] buffer = new byte[4096];
    private int start;
    private int scan;
    private int end;
    private boolean stopped;

    /** @param receiver takes each event; false ends the splitting */
    public LineSplitter(int maxEventBytes, Predicate<StreamEvent> receiver) {
        this.maxEventBytes = maxEventBytes;
        this.receiver = receiver;
    }

    @Override
    public boolean feed(byte[] bytes) {
        append(bytes);
        while (scan < end && !stopped) {
            if (buffer[scan] == '\n') {
                line(scan + 1);
            } else {
                scan++;
            }
        }
        return stopped || end - start <= maxEventBytes;
    }

    /** A last line without a line feed still counts. */
    @Override
    public void finish() {
        if (!stopped && start < end) {
            line(end);
        }
    }

    private void append(byte[] bytes) {
        if (start > 0 && end + bytes.length > buffer.length) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            scan -= start;
            start = 0;
        }
        if (end + bytes.length > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, end + bytes.length));
        }
        System.arraycopy(bytes, 0, buffer, end, bytes.length);
        end += bytes.length;
    }

    private void line(int next) {
        byte[] raw = Arrays.copyOfRange(buffer, start, next);
        start = next;
        scan = next;
        int length = raw.length;
        while (length > 0 && raw[length - 1] <= ' ' && raw[length - 1] >= 0) {
            length--;
        }
        if (length > 0) {
            stopped = !receiver.test(new StreamEvent(raw, null, raw, 0, length));
        }
    }
}
