package dev.tierway.simulation.report;

import dev.tierway.domain.fleet.Mixing;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Percentile intervals by resampling seeds (Efron 1979). The same samples serve every figure of a run, so comparisons
 * of two contenders are paired: in each sample both have met the same luck.
 */
final class Bootstrap {
    static final int SAMPLES = 1_000;

    private static final double TAIL = 0.025;

    private final int[] once;
    private final int[][] samples;

    /** @param seeds how many seeds were run */
    Bootstrap(int seeds, long seed) {
        once = new int[seeds];
        Arrays.fill(once, 1);
        samples = new int[seeds < 2 ? 0 : SAMPLES][seeds];
        long drawn = 0;
        for (int[] weights : samples) {
            for (int i = 0; i < seeds; i++) {
                weights[(int) (Mixing.unit(seed, drawn++) * seeds)]++;
            }
        }
    }

    /** Null if the figure isn't defined for the seeds that were run. */
    @Nullable
    Estimate estimate(Statistic statistic) {
        double value = statistic.of(once);
        if (Double.isNaN(value)) {
            return null;
        }
        double[] resampled = Arrays.stream(samples)
                .mapToDouble(statistic::of)
                .filter(one -> !Double.isNaN(one))
                .sorted()
                .toArray();
        // A figure that most samples don't have has no interval either.
        if (resampled.length <= samples.length / 2 || resampled.length == 0) {
            return new Estimate(value, null, null);
        }
        int last = resampled.length - 1;
        return new Estimate(
                value,
                resampled[(int) StrictMath.floor(TAIL * last)],
                resampled[(int) StrictMath.ceil((1 - TAIL) * last)]);
    }

    /** The figure of the seeds as they were run; NaN if it isn't defined. */
    double value(Statistic statistic) {
        return statistic.of(once);
    }
}
