package dev.tierway.simulation.world;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A replica's prompt cache: prefix blocks, the least recently used leave first, and all after five minutes unused. */
final class PrefixCache {
    static final int BLOCK_TOKENS = 512;

    /** A shorter hit isn't given a discount. */
    private static final int LEAST_TOKENS = 1024;

    private static final long KEPT_NANOS = 300_000_000_000L;

    private final int capacity;
    private final Map<Long, Long> usedAt = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
            return size() > capacity;
        }
    };

    PrefixCache(int capacity) {
        this.capacity = capacity;
    }

    /** Tokens of the longest prefix it holds; 0 if that is too short to count. */
    int heldTokens(List<Long> blocks, int inputTokens, long nowNanos) {
        int held = 0;
        for (Long block : blocks) {
            Long used = usedAt.get(block);
            if (used == null || nowNanos - used > KEPT_NANOS) {
                break;
            }
            held += BLOCK_TOKENS;
        }
        int tokens = Math.min(held, inputTokens);
        return tokens < LEAST_TOKENS ? 0 : tokens;
    }

    void use(List<Long> blocks, long nowNanos) {
        for (Long block : blocks) {
            usedAt.put(block, nowNanos);
        }
    }
}
