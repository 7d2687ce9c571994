package dev.tierway.domain.quota;

import java.math.BigInteger;

/** Sums and products that a long can't hold: an amount times a window easily has 90 bits. */
final class Exact {
    private Exact() {}

    /**
     * {@code floor((a·b + c) / d)}, exact.
     *
     * @param a 0 or more
     * @param b 0 or more
     * @param c may be negative, but not {@code a·b + c}
     * @param d more than 0
     * @return {@link Long#MAX_VALUE} if it is more than that
     */
    static long divided(long a, long b, long c, long d) {
        long low = a * b;
        if (Math.multiplyHigh(a, b) == 0 && low >= 0) {
            long sum = low + c;
            if (sum >= 0) {
                return sum / d;
            }
        }
        BigInteger exact = BigInteger.valueOf(a)
                .multiply(BigInteger.valueOf(b))
                .add(BigInteger.valueOf(c))
                .divide(BigInteger.valueOf(d));
        return exact.bitLength() < Long.SIZE ? exact.longValue() : Long.MAX_VALUE;
    }

    /** Usage with that much more, up to {@link Usage#MOST}. */
    static long plus(long usage, long more) {
        return more > Usage.MOST - usage ? Usage.MOST : usage + more;
    }
}
