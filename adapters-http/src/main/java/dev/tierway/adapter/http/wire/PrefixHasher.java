package dev.tierway.adapter.http.wire;

import dev.tierway.domain.routing.PrefixHashes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Hashes a prompt up to its messages' ends, so that the next turn of a conversation is recognised as longer by a bit.
 * Tools count too: they stand before the messages in vendors' caches.
 */
public final class PrefixHasher {
    /** A shorter prompt holds no prefix that any vendor caches (1,024 tokens), whatever its language. */
    private static final long SHORTEST_PROMPT_BYTES = 2048;

    private static final int BYTES_PER_TOKEN = 4;
    private static final int FROM_THE_START = 2;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private PrefixHasher() {}

    /**
     * @param toolsStart where the tools' JSON starts; {@code toolsEnd} if there are none
     * @param salt of the caller, so that callers can't learn of each other's prompts
     */
    public static PrefixHashes hash(byte[] body, MessageSpans messages, int toolsStart, int toolsEnd, long salt) {
        int count = messages.count();
        long textBytes = count == 0 ? 0 : messages.textUpTo(count - 1);
        if (textBytes + (toolsEnd - toolsStart) < SHORTEST_PROMPT_BYTES) {
            return PrefixHashes.NONE;
        }
        int kept = Math.min(count, PrefixHashes.MAX);
        long[] hashes = new long[kept];
        int[] tokens = new int[kept];
        long running = hash(body, toolsStart, toolsEnd, salt);
        int at = 0;
        for (int i = 0; i < count; i++) {
            running = hash(body, messages.start(i), messages.end(i), running);
            // System prompts are shared between conversations, the newest turns within one; the middle is neither.
            if (i < FROM_THE_START || i >= count - (kept - FROM_THE_START)) {
                hashes[at] = running;
                tokens[at] = (int) ((messages.textUpTo(i) + toolsEnd - toolsStart) / BYTES_PER_TOKEN);
                at++;
            }
        }
        return new PrefixHashes(hashes, tokens);
    }

    private static long hash(byte[] body, int start, int end, long seed) {
        long hash = seed ^ (end - start) * GOLDEN;
        int i = start;
        for (; i + Long.BYTES <= end; i += Long.BYTES) {
            hash = mix(hash ^ (long) LONGS.get(body, i));
        }
        long rest = 0;
        for (; i < end; i++) {
            rest = rest << 8 | (body[i] & 0xff);
        }
        return mix(mix(hash ^ rest));
    }

    /** The middle of SplittableRandom's finaliser (Stafford's variant 13). */
    private static long mix(long z) {
        long folded = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        return folded ^ (folded >>> 27);
    }
}
