package dev.tierway.simulation.report;

/** A figure of a sample of seeds. */
@FunctionalInterface
interface Statistic {
    /**
     * The figure.
     *
     * @param weights how often each seed is in the sample
     * @return NaN if it isn't defined for this sample
     */
    double of(int[] weights);
}
