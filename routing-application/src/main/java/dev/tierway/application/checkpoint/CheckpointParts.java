package dev.tierway.application.checkpoint;

import dev.tierway.application.port.in.CallAddress;
import dev.tierway.application.port.in.ExplainRouting;
import dev.tierway.application.port.out.CallExecutors;
import dev.tierway.application.port.out.CheckpointStore;
import dev.tierway.application.port.out.DecisionLog;
import dev.tierway.application.port.out.Entropy;
import dev.tierway.application.port.out.MonotonicClock;
import dev.tierway.application.port.out.WallClock;
import dev.tierway.domain.fleet.ReplicaRegistry;

/**
 * What calls whose steps are kept need.
 *
 * @param calls makes the calls that have to be made
 * @param decisions where kept answers enter, so that they can be looked up like any other
 */
public record CheckpointParts(
        CallAddress calls,
        ExplainRouting explaining,
        ReplicaRegistry registry,
        CheckpointStore store,
        DecisionLog decisions,
        Fingerprint fingerprint,
        CallExecutors executors,
        MonotonicClock clock,
        WallClock wallClock,
        Entropy entropy,
        String instance) {}
