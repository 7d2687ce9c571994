package dev.tierway.domain.fleet;

import dev.tierway.domain.catalogue.PromptCacheSettings;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Which beginnings of prompts a replica is expected to hold in its cache: those it answered a few minutes ago.
 * Bounded and lock-free: a set-associative table of four ways in which the oldest makes room. Two prompts whose hashes
 * agree in 34 bits are taken for one, which costs a slightly wrong price once in a while.
 */
final class PrefixTable {
    private static final int WAYS = 4;
    private static final int SETS = 1 << 10;
    private static final int MOST_TOKENS = (1 << 20) - 1;
    private static final long TIME_MASK = (1 << 20) - 1;
    private static final long NANOS = 1_000_000_000L;

    /** Each entry: 24 bits of the hash, 20 of tokens, 20 of seconds; 0 tokens is empty. */
    private final AtomicLongArray entries = new AtomicLongArray(WAYS * SETS);

    /** The replica has answered that prompt of so many input tokens. */
    void remember(Prompt prompt, long inputTokens, PromptCacheSettings settings, long nowNanos) {
        for (int i = 0; i < prompt.size(); i++) {
            if (prompt.tokens(i) >= settings.leastTokens()) {
                put(prompt.hash(i), prompt.tokens(i), nowNanos);
            }
        }
        if (prompt.session() != 0 && inputTokens >= settings.leastTokens()) {
            put(prompt.session(), (int) Math.min(MOST_TOKENS, inputTokens), nowNanos);
        }
    }

    /** Input tokens of that prompt the replica is expected to hold; 0 if none are. */
    int heldTokens(Prompt prompt, long inputTokens, PromptCacheSettings settings, long nowNanos) {
        int held = prompt.session() == 0 ? 0 : find(prompt.session(), settings.heldSeconds(), nowNanos);
        for (int i = prompt.size() - 1; i >= 0 && prompt.tokens(i) > held; i--) {
            if (prompt.tokens(i) >= settings.leastTokens()
                    && find(prompt.hash(i), settings.heldSeconds(), nowNanos) > 0) {
                held = prompt.tokens(i);
            }
        }
        return (int) Math.min(held, inputTokens);
    }

    private int find(long hash, long heldSeconds, long nowNanos) {
        int set = set(hash);
        for (int way = set; way < set + WAYS; way++) {
            long entry = entries.get(way);
            if (tokens(entry) > 0 && tag(entry) == tagOf(hash) && age(entry, nowNanos) <= heldSeconds) {
                return tokens(entry);
            }
        }
        return 0;
    }

    private void put(long hash, int tokens, long nowNanos) {
        int set = set(hash);
        int chosen = set;
        long oldest = -1;
        for (int way = set; way < set + WAYS; way++) {
            long entry = entries.get(way);
            boolean same = tokens(entry) > 0 && tag(entry) == tagOf(hash);
            long age = tokens(entry) == 0 ? Long.MAX_VALUE - 1 : age(entry, nowNanos);
            if (same || age > oldest) {
                chosen = way;
                oldest = same ? Long.MAX_VALUE : age;
            }
        }
        entries.set(
                chosen,
                (tagOf(hash) << 40) | ((long) Math.min(MOST_TOKENS, tokens) << 20) | (seconds(nowNanos) & TIME_MASK));
    }

    private static int set(long hash) {
        return (int) (hash & (SETS - 1)) * WAYS;
    }

    private static long tagOf(long hash) {
        return hash >>> 40;
    }

    private static long tag(long entry) {
        return entry >>> 40;
    }

    private static int tokens(long entry) {
        return (int) (entry >>> 20) & MOST_TOKENS;
    }

    private static long age(long entry, long nowNanos) {
        return (seconds(nowNanos) - entry) & TIME_MASK;
    }

    private static long seconds(long nowNanos) {
        return Math.floorDiv(nowNanos, NANOS);
    }
}
