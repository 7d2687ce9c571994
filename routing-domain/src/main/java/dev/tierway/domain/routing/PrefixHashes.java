package dev.tierway.domain.routing;

import java.util.Arrays;

/**
 * Up to 16 (hash, tokens) pairs at message boundaries, salted by the caller's key, so that a replica that holds a prefix
 * in its prompt cache can be priced accordingly.
 */
public final class PrefixHashes {
    public static final PrefixHashes NONE = new PrefixHashes(new long[0], new int[0]);
    public static final int MAX = 16;

    private final long[] hashes;
    private final int[] tokens;

    /** @throws IllegalArgumentException if the arrays differ in length or hold more than 16 entries */
    public PrefixHashes(long[] hashes, int[] tokens) {
        if (hashes.length != tokens.length || hashes.length > MAX) {
            throw new IllegalArgumentException("prefix hashes: same length, at most " + MAX);
        }
        this.hashes = hashes.clone();
        this.tokens = tokens.clone();
    }

    public int size() {
        return hashes.length;
    }

    public long hash(int i) {
        return hashes[i];
    }

    public int tokens(int i) {
        return tokens[i];
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof PrefixHashes other
                && Arrays.equals(hashes, other.hashes)
                && Arrays.equals(tokens, other.tokens);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hashes);
    }
}
