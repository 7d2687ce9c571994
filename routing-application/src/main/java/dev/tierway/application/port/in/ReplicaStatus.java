package dev.tierway.application.port.in;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One replica now. Null is unknown.
 *
 * @param circuit closed | ramping | open | half_open
 * @param circuitUntilMillis milliseconds until an open circuit half-opens
 * @param errors counted failures of {@code calls}
 * @param bytesPerToken of text its model takes for an input token, learned from what vendors counted; 4 before that
 * @param lastUsedAgoMillis since its last attempt
 * @param probe what its health probes found; null if it isn't probed, or wasn't yet
 * @param overrides operators' actions that decide its phase or mark
 */
public record ReplicaStatus(
        String id,
        String provider,
        String model,
        String tier,
        boolean local,
        Status status,
        String phase,
        String circuit,
        @Nullable Long circuitUntilMillis,
        @Nullable Long coolingDownMillis,
        long calls,
        long errors,
        int inFlight,
        @Nullable Integer limit,
        @Nullable Double success,
        @Nullable Double ttftMillis,
        @Nullable Double millisPerToken,
        double bytesPerToken,
        @Nullable Double headroom,
        @Nullable Long lastUsedAgoMillis,
        @Nullable ProbeStatus probe,
        List<OverrideStatus> overrides) {}
