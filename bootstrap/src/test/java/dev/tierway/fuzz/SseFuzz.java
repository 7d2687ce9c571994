package dev.tierway.fuzz;

import dev.tierway.adapter.providers.http.LineSplitter;
import dev.tierway.adapter.providers.http.SseSplitter;
import java.util.Arrays;

/** Server-sent events, and lines of JSON. The first byte says which, and how long packets are. */
public final class SseFuzz {
    private SseFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length > 1) {
            int stride = 1 + (data[0] & 0x3f);
            byte[] stream = Arrays.copyOfRange(data, 1, data.length);
            Splitting.check(data[0] < 0 ? LineSplitter::new : SseSplitter::new, stream, stride);
        }
    }
}
