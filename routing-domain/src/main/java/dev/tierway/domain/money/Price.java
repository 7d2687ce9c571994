package dev.tierway.domain.money;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * What a replica charges, in pico-dollars per token: one dollar per million tokens is 1,000,000.
 *
 * @param cachedInput null: cached input costs as much as input
 * @param cacheWrite null: writing the cache costs as much as input
 */
public record Price(
        long input,
        long output,
        @Nullable Long cachedInput,
        @Nullable Long cacheWrite) {
    public static final Price FREE = new Price(0, 0, null, null);
    private static final double PICO = 1e-12;
    private static final BigInteger PICO_PER_NANO = BigInteger.valueOf(1000);

    public Price {
        if (input < 0
                || output < 0
                || (cachedInput != null && cachedInput < 0)
                || (cacheWrite != null && cacheWrite < 0)) {
            throw new IllegalArgumentException("prices must not be negative");
        }
    }

    /** Pico-dollars per token for a price written in dollars per million tokens. */
    public static long picoPerToken(BigDecimal usdPerMillion) {
        return usdPerMillion.movePointRight(6).setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    public static Price usdPerMillion(String input, String output) {
        return new Price(picoPerToken(new BigDecimal(input)), picoPerToken(new BigDecimal(output)), null, null);
    }

    /** What that usage costs, rounded half up to a nano-dollar once. */
    public NanoUsd of(TokenUsage usage) {
        long plain = usage.input() - usage.cachedInput() - usage.cacheWrite();
        BigInteger pico = times(input, plain)
                .add(times(cachedInput == null ? input : cachedInput, usage.cachedInput()))
                .add(times(cacheWrite == null ? input : cacheWrite, usage.cacheWrite()))
                .add(times(output, usage.output()));
        return new NanoUsd(
                pico.add(BigInteger.valueOf(500)).divide(PICO_PER_NANO).longValueExact());
    }

    private static BigInteger times(long pico, long tokens) {
        return BigInteger.valueOf(pico).multiply(BigInteger.valueOf(tokens));
    }

    /** Expected dollars for scoring: not exact, not for accounts. */
    public double expectedUsd(double inputTokens, double cachedTokens, double outputTokens) {
        double cached = cachedInput == null ? input : cachedInput;
        return ((inputTokens - cachedTokens) * input + cachedTokens * cached + outputTokens * output) * PICO;
    }
}
