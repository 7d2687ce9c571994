package dev.tierway.simulation;

/**
 * What an operator has configured at some moment of a run.
 *
 * @param first whether the first replica is in it
 * @param newcomer whether the newcomer is
 * @param priceFactor on the first replica's prices
 */
record Configuration(boolean first, boolean newcomer, double priceFactor) {
    static final Configuration NORMAL = new Configuration(true, false, 1);

    /** @param newcomerIndex where the newcomer stands */
    boolean has(int index, int newcomerIndex) {
        return index == newcomerIndex ? newcomer : index != 0 || first;
    }
}
