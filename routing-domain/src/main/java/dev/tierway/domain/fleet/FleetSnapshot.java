package dev.tierway.domain.fleet;

import java.util.List;

/**
 * What one decision may look at. Consistent per entry and of one generation.
 *
 * @param gatewayRetries charged and first attempts of the whole gateway
 */
public record FleetSnapshot(
        long generation, List<ReplicaView> candidates, List<ReplicaView> escalation, RetryBudget gatewayRetries) {}
