package dev.tierway.domain.fleet;

/** How long a model's answers are: mean and 95th percentile, old ones fading. Immutable. */
public final class OutputSizes {
    public static final OutputSizes START = new OutputSizes(new double[0], DecayedMean.NONE, 0);
    private static final long HALF_LIFE_NANOS = 600_000_000_000L;
    /** Buckets grow by a quarter of a doubling: 64 of them reach 65,536 tokens. */
    private static final int BUCKETS = 65;

    private static final double PER_DOUBLING = 4;

    private final double[] counts;
    private final DecayedMean mean;
    private final long atNanos;

    private OutputSizes(double[] counts, DecayedMean mean, long atNanos) {
        this.counts = counts;
        this.mean = mean;
        this.atNanos = atNanos;
    }

    /** With that mean alone: all that decisions look at. */
    public static OutputSizes ofMean(DecayedMean mean) {
        return new OutputSizes(new double[0], mean, 0);
    }

    /** What its mean is made of. */
    public DecayedMean sizes() {
        return mean;
    }

    OutputSizes plus(long tokens, long nowNanos) {
        double[] next = new double[BUCKETS];
        double left = Decay.left(nowNanos - atNanos, HALF_LIFE_NANOS);
        for (int i = 0; i < counts.length; i++) {
            next[i] = counts[i] * left;
        }
        next[bucket(tokens)]++;
        return new OutputSizes(next, mean.plus(tokens, nowNanos, HALF_LIFE_NANOS), nowNanos);
    }

    /**
     * Expected output tokens.
     *
     * @param assumed before anything was measured
     */
    public double mean(double assumed) {
        return mean.known() ? mean.value() : assumed;
    }

    /**
     * Output tokens that 95 % of the answers don't exceed, rounded up to a bucket.
     *
     * @param assumedMean before anything was measured: four times as much
     */
    public long p95(double assumedMean) {
        double all = 0;
        for (double count : counts) {
            all += count;
        }
        if (all == 0) {
            return (long) (4 * assumedMean);
        }
        int bucket = 0;
        double seen = counts[0];
        while (seen < 0.95 * all) {
            bucket++;
            seen += counts[bucket];
        }
        return (long) StrictMath.ceil(StrictMath.pow(2, bucket / PER_DOUBLING));
    }

    private static int bucket(long tokens) {
        double log2 = StrictMath.log(Math.max(1, tokens)) / StrictMath.log(2);
        return (int) Math.min(BUCKETS - 1, StrictMath.ceil(log2 * PER_DOUBLING));
    }
}
