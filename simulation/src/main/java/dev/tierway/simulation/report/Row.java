package dev.tierway.simulation.report;

import org.jspecify.annotations.Nullable;

/**
 * How one contender did in one cell, over all seeds. Null is what doesn't apply or isn't known.
 *
 * @param strategy the contender
 * @param calls over all seeds
 * @param success share of calls delivered
 * @param wastedTokens over all seeds
 * @param cacheHit share of input tokens read from prompt caches
 * @param regret against the parameter oracle of the same seeds: (cost - its cost) / its cost
 */
public record Row(
        String scenario,
        double load,
        String strategy,
        int seeds,
        long calls,
        @Nullable Estimate success,
        Percentiles ttftMillis,
        Percentiles totalMillis,
        @Nullable Double usdPerSuccess,
        @Nullable Double attemptsPerSuccess,
        @Nullable Double rateLimitedPer1k,
        long wastedTokens,
        @Nullable Double cacheHit,
        @Nullable Double detectSeconds,
        @Nullable Double recoverSeconds,
        @Nullable Double deadShare,
        @Nullable Estimate regret) {}
