package dev.tierway.application.port.in;

import org.jspecify.annotations.Nullable;

/**
 * A figure with the interval that holds the true one in 95 of 100 experiments.
 *
 * @param value null while nothing was seen
 * @param low null while too little was seen
 * @param high null while too little was seen
 */
public record Estimate(
        @Nullable Double value,
        @Nullable Double low,
        @Nullable Double high) {
    public static final Estimate NONE = new Estimate(null, null, null);

    private static final double Z = 1.959963984540054;

    /**
     * A share, with the score interval of E. B. Wilson, <em>Probable inference, the law of succession, and statistical
     * inference</em>, Journal of the American Statistical Association 22 (1927): sound for few calls and near 0 and 1.
     */
    public static Estimate share(long hits, long of) {
        if (of == 0) {
            return NONE;
        }
        double share = (double) hits / of;
        double denominator = 1 + Z * Z / of;
        double centre = (share + Z * Z / (2 * of)) / denominator;
        double half = Z / denominator * Math.sqrt(share * (1 - share) / of + Z * Z / (4.0 * of * of));
        return new Estimate(share, Math.max(0, centre - half), Math.min(1, centre + half));
    }
}
