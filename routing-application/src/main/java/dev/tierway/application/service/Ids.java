package dev.tierway.application.service;

import dev.tierway.application.port.out.Entropy;

/** Makes ids that don't collide and are easy to copy: 20 characters of base 32. */
final class Ids {
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int PER_LONG = 10;

    private Ids() {}

    static String next(Entropy entropy) {
        StringBuilder id = new StringBuilder(2 * PER_LONG);
        append(id, entropy.nextLong());
        append(id, entropy.nextLong());
        return id.toString();
    }

    private static void append(StringBuilder id, long bits) {
        for (int i = 0; i < PER_LONG; i++) {
            id.append(ALPHABET.charAt((int) (bits >>> (5 * i)) & 31));
        }
    }
}
