package dev.tierway.application.port.in;

import java.util.List;

/**
 * Everything that serves, now.
 *
 * @param strategy in force where no route says otherwise
 * @param overrides what operators have ordered and is in force, the most specific first
 */
public record FleetStatus(
        long generation,
        String strategy,
        List<ReplicaStatus> replicas,
        List<GroupStatus> models,
        List<GroupStatus> providers,
        List<OverrideStatus> overrides) {}
