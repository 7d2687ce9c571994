package dev.tierway.application.port.out;

import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.fleet.ProbeResult;

/**
 * One health probe and what came of it.
 *
 * @param unhealthy whether calls are kept from the replica now
 * @param changed whether that is news
 */
public record ProbeReport(ReplicaId replica, ProbeResult result, boolean unhealthy, boolean changed) {}
