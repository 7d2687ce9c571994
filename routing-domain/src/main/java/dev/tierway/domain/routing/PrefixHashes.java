package dev.tierway.domain.routing;

import dev.tierway.domain.fleet.Prompt;
import java.util.Arrays;

/**
 * Up to 16 (hash, tokens) pairs at message boundaries, salted by the caller's key, so that a replica that holds a prefix
 * in its prompt cache can be priced accordingly.
 */
public final class PrefixHashes implements Prompt {
    public static final PrefixHashes NONE = new PrefixHashes(new long[0], new int[0], 0);
    public static final int MAX = 16;

    private final long[] hashes;
    private final int[] tokens;
    private final long session;

    /** @throws IllegalArgumentException if the arrays differ in length or hold more than 16 entries */
    public PrefixHashes(long[] hashes, int[] tokens) {
        this(hashes, tokens, 0);
    }

    private PrefixHashes(long[] hashes, int[] tokens, long session) {
        if (hashes.length != tokens.length || hashes.length > MAX) {
            throw new IllegalArgumentException("prefix hashes: same length, at most " + MAX);
        }
        this.hashes = hashes.clone();
        this.tokens = tokens.clone();
        this.session = session;
    }

    /** The same in a session: a hash of its name and the caller's key; 0 is none. */
    public PrefixHashes inSession(long hash) {
        return new PrefixHashes(hashes, tokens, hash);
    }

    @Override
    public int size() {
        return hashes.length;
    }

    @Override
    public long hash(int i) {
        return hashes[i];
    }

    @Override
    public int tokens(int i) {
        return tokens[i];
    }

    @Override
    public long session() {
        return session;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof PrefixHashes other
                && Arrays.equals(hashes, other.hashes)
                && Arrays.equals(tokens, other.tokens)
                && session == other.session;
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(hashes) + Long.hashCode(session);
    }
}
