package dev.tierway.simulation;

import dev.tierway.domain.fleet.Mixing;
import dev.tierway.domain.routing.PrefixHashes;
import dev.tierway.simulation.world.Request;
import java.util.List;

/** A trace's prefix blocks as the hashes production would have scanned: of the last sixteen boundaries. */
final class Prefixes {
    private static final int BLOCK_TOKENS = 512;

    private Prefixes() {}

    static PrefixHashes of(Request request) {
        List<Long> blocks = request.blocks();
        int kept = Math.min(PrefixHashes.MAX, blocks.size());
        if (kept == 0) {
            return PrefixHashes.NONE;
        }
        long[] hashes = new long[kept];
        int[] tokens = new int[kept];
        long hash = 0;
        for (int i = 0; i < blocks.size(); i++) {
            hash = Mixing.mix(hash, blocks.get(i));
            int at = i - (blocks.size() - kept);
            if (at >= 0) {
                hashes[at] = hash;
                tokens[at] = Math.min(request.inputTokens(), (i + 1) * BLOCK_TOKENS);
            }
        }
        return new PrefixHashes(hashes, tokens);
    }
}
