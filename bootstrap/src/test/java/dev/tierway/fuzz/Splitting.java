package dev.tierway.fuzz;

import dev.tierway.adapter.providers.http.StreamSplitter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts a stream twice, as one packet and as many: the events must be the same. */
final class Splitting {
    private static final int MOST_BYTES = 4096;

    private Splitting() {}

    /** @param stride bytes of a packet */
    static void check(StreamSplitter.Framing framing, byte[] stream, int stride) {
        List<String> whole = new ArrayList<>();
        boolean readable = cut(framing, stream, Math.max(1, stream.length), whole);
        List<String> pieces = new ArrayList<>();
        boolean alsoReadable = cut(framing, stream, stride, pieces);
        if (readable && alsoReadable && !whole.equals(pieces)) {
            throw new AssertionError("in one packet " + whole + ", in packets of " + stride + " " + pieces);
        }
    }

    private static boolean cut(StreamSplitter.Framing framing, byte[] stream, int stride, List<String> events) {
        StreamSplitter splitter = framing.splitter(MOST_BYTES, event -> {
            events.add(event.name() + ":" + event.text() + ":" + Arrays.hashCode(event.raw()));
            return true;
        });
        for (int at = 0; at < stream.length; at += stride) {
            if (!splitter.feed(Arrays.copyOfRange(stream, at, Math.min(stream.length, at + stride)))) {
                return false;
            }
        }
        splitter.finish();
        return true;
    }
}
