package dev.tierway.domain.agent;

/**
 * Stands for a text that need only be compared: two 64-bit hashes of its characters, FNV-1a (Fowler, Noll and Vo) forwards
 * and backwards. Not for secrets: whoever tries can find two texts with the same fingerprint. By accident, two of the few
 * texts that are compared with each other have it less than once in 10^18 times.
 */
public record Fingerprint(long high, long low) {
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    public static Fingerprint of(String text) {
        long forwards = OFFSET;
        long backwards = OFFSET ^ text.length();
        for (int i = 0, j = text.length() - 1; j >= 0; i++, j--) {
            forwards = hashed(forwards, text.charAt(i));
            backwards = hashed(backwards, text.charAt(j));
        }
        return new Fingerprint(forwards, backwards);
    }

    private static long hashed(long hash, char next) {
        return (((hash ^ (next & 0xff)) * PRIME) ^ (next >>> 8)) * PRIME;
    }
}
