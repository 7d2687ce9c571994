package dev.tierway.domain.routing;

import java.time.Duration;

/**
 * How one of the scored is picked.
 *
 * @param exploration share of first attempts that measure a cold replica
 * @param coldAfterNanos a replica not measured for so long is cold
 * @param explorationCost an answer of a cold one may cost this many times what the best's does
 * @param hot in use above this share of its concurrency, a replica is passed over while another isn't
 * @param bandShare how far behind the best one may be, as a share of what the best costs
 * @param leastBandUsd how far behind it one may always be
 */
public record PickingSettings(
        double exploration,
        long coldAfterNanos,
        double explorationCost,
        double hot,
        double bandShare,
        double leastBandUsd) {
    public static final PickingSettings DEFAULTS =
            new PickingSettings(0.01, Duration.ofSeconds(30).toNanos(), 2, 0.84, 0.10, 0.0005);

    public PickingSettings {
        if (!(exploration >= 0 && exploration <= 0.5)) {
            throw new IllegalArgumentException("exploration must be between 0 % and 50 %");
        }
        if (coldAfterNanos < 0 || !(explorationCost >= 1)) {
            throw new IllegalArgumentException(
                    "picking: cold-after must not be negative, exploration-cost must be 1 or more");
        }
        if (!(hot >= 0 && hot <= 1) || !(bandShare >= 0 && bandShare <= 1) || !(leastBandUsd >= 0)) {
            throw new IllegalArgumentException(
                    "picking: hot and band must be between 0 % and 100 %, least-band 0 or more");
        }
    }

    /** The same with another share of exploration. */
    public PickingSettings exploring(double share) {
        return new PickingSettings(share, coldAfterNanos, explorationCost, hot, bandShare, leastBandUsd);
    }
}
