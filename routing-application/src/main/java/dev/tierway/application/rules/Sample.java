package dev.tierway.application.rules;

import dev.tierway.application.port.in.Estimate;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Values of one kind: their mean as exact as doubles are (B. P. Welford, Technometrics 4, 1962), and a uniform sample of
 * bounded size for the median (algorithm R, J. S. Vitter, ACM Transactions on Mathematical Software 11, 1985). Not safe for
 * several threads.
 */
final class Sample {
    private static final int KEPT = 1024;
    /** Below this the distribution of a mean is anybody's guess. */
    private static final int FEWEST = 10;

    private static final double Z = 1.959963984540054;

    private final SplittableRandom chance = new SplittableRandom(KEPT);
    private double[] kept = new double[16];
    private long count;
    private double mean;
    private double squares;

    void add(double value) {
        count++;
        double before = value - mean;
        mean += before / count;
        squares += before * (value - mean);
        if (count <= KEPT) {
            if (count > kept.length) {
                kept = Arrays.copyOf(kept, Math.min(KEPT, kept.length * 2));
            }
            kept[(int) count - 1] = value;
        } else {
            long place = chance.nextLong(count);
            if (place < KEPT) {
                kept[(int) place] = value;
            }
        }
    }

    long count() {
        return count;
    }

    /** With the normal interval: by the central limit theorem, for many values that don't depend on each other. */
    Estimate mean() {
        if (count < FEWEST) {
            return new Estimate(count == 0 ? null : mean, null, null);
        }
        double half = Z * Math.sqrt(squares / (count - 1) / count);
        return new Estimate(mean, mean - half, mean + half);
    }

    /**
     * With the interval between two order statistics, which supposes nothing of the distribution (H. A. David, H. N.
     * Nagaraja, <em>Order Statistics</em>, 3rd edition 2003, section 7.1), their ranks by the normal approximation.
     */
    Estimate median() {
        int n = (int) Math.min(count, KEPT);
        if (n == 0) {
            return Estimate.NONE;
        }
        double[] sorted = Arrays.copyOf(kept, n);
        Arrays.sort(sorted);
        double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
        if (n < FEWEST) {
            return new Estimate(median, null, null);
        }
        double half = Z * Math.sqrt(n) / 2;
        int low = (int) Math.max(0, Math.floor(n / 2.0 - half) - 1);
        int high = (int) Math.min(n - 1, Math.ceil(n / 2.0 + half));
        return new Estimate(median, sorted[low], sorted[high]);
    }
}
