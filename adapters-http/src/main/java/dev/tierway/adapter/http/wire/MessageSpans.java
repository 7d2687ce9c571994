package dev.tierway.adapter.http.wire;

import java.util.Arrays;

/** Where a body's messages stand, and how much text they hold up to each. */
public final class MessageSpans {
    private int[] starts = new int[8];
    private int[] ends = new int[8];
    private long[] textSoFar = new long[8];
    private int count;

    /**
     * @param textBytes UTF-8 bytes of the text of all messages so far, this one included
     */
    public void add(int start, int end, long textBytes) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
            ends = Arrays.copyOf(ends, count * 2);
            textSoFar = Arrays.copyOf(textSoFar, count * 2);
        }
        starts[count] = start;
        ends[count] = end;
        textSoFar[count] = textBytes;
        count++;
    }

    public int count() {
        return count;
    }

    /** Where message {@code i} starts. */
    int start(int i) {
        return starts[i];
    }

    /** The byte after message {@code i}. */
    int end(int i) {
        return ends[i];
    }

    /** Text bytes of the messages up to {@code i}, it included. */
    long textUpTo(int i) {
        return textSoFar[i];
    }
}
