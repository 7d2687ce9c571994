package dev.tierway.simulation.report;

import java.util.Arrays;
import java.util.List;

/**
 * Samples of all seeds together, sorted, each still knowing its seed, so that percentiles of resampled seeds need no
 * sorting again.
 */
final class PooledSamples {
    static final int MOST_SEEDS = 1 << 10;

    private static final long SEED = MOST_SEEDS - 1L;

    /** Bits of a number that isn't negative are ordered like the number; the lowest ten hold the seed's index. */
    private final long[] sorted;

    private final int[] counts;

    PooledSamples(List<double[]> bySeed) {
        counts = bySeed.stream().mapToInt(samples -> samples.length).toArray();
        sorted = new long[Arrays.stream(counts).sum()];
        int at = 0;
        for (int seed = 0; seed < counts.length; seed++) {
            for (double sample : bySeed.get(seed)) {
                sorted[at++] = (Double.doubleToLongBits(sample) & ~SEED) | seed;
            }
        }
        Arrays.sort(sorted);
    }

    /** The smallest sample that isn't exceeded by more than (1 - share) of all: the nearest rank. */
    Statistic percentile(double share) {
        return weights -> {
            long total = 0;
            for (int seed = 0; seed < counts.length; seed++) {
                total += (long) weights[seed] * counts[seed];
            }
            // From the top: the percentiles asked for are high ones.
            long above = total - (long) StrictMath.ceil(share * total);
            for (int at = sorted.length - 1; at >= 0; at--) {
                above -= weights[(int) (sorted[at] & SEED)];
                if (above < 0) {
                    return Double.longBitsToDouble(sorted[at] & ~SEED);
                }
            }
            return Double.NaN;
        };
    }
}
