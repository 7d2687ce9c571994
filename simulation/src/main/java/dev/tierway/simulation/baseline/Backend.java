package dev.tierway.simulation.baseline;

/**
 * What an operator would have configured of one replica.
 *
 * @param index its place in the fleet
 * @param provider number of the account it belongs to
 * @param configured false while it is taken out of the configuration
 * @param local runs on the operator's own hardware
 * @param inputUsd dollars per million input tokens
 * @param outputUsd dollars per million output tokens
 * @param requestsPerMinute the account's limit
 * @param priority rank; lower is first
 */
public record Backend(
        int index,
        int provider,
        boolean configured,
        boolean local,
        double inputUsd,
        double outputUsd,
        double requestsPerMinute,
        int priority) {
    /** One price for both directions, as lists of providers sort by it: three parts input to one part output. */
    public double blendedUsd() {
        return (3 * inputUsd + outputUsd) / 4;
    }
}
