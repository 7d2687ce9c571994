package dev.tierway.domain.money;

import java.math.BigDecimal;
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
    private static final long PICO_PER_NANO = 1000;

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

    /**
     * What that usage costs, rounded half up to a nano-dollar once.
     *
     * @throws ArithmeticException beyond nine million dollars
     */
    public NanoUsd of(TokenUsage usage) {
        long plain = usage.input() - usage.cachedInput() - usage.cacheWrite();
        long pico = Math.multiplyExact(input, plain);
        pico = Math.addExact(pico, Math.multiplyExact(cachedInput == null ? input : cachedInput, usage.cachedInput()));
        pico = Math.addExact(pico, Math.multiplyExact(cacheWrite == null ? input : cacheWrite, usage.cacheWrite()));
        pico = Math.addExact(pico, Math.multiplyExact(output, usage.output()));
        return new NanoUsd(Math.addExact(pico, PICO_PER_NANO / 2) / PICO_PER_NANO);
    }

    /** Of both the dearer price of each unit: an upper bound of what either may cost. */
    public Price dearerOf(Price other) {
        return new Price(Math.max(input, other.input), Math.max(output, other.output), null, null);
    }

    /** Expected dollars for scoring: not exact, not for accounts. */
    public double expectedUsd(double inputTokens, double cachedTokens, double outputTokens) {
        double cached = cachedInput == null ? input : cachedInput;
        return ((inputTokens - cachedTokens) * input + cachedTokens * cached + outputTokens * output) * PICO;
    }
}
