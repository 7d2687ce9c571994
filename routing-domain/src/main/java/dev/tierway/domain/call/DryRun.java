package dev.tierway.domain.call;

import dev.tierway.domain.fleet.FleetSnapshot;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.routing.Choice;
import dev.tierway.domain.routing.RoutingProgress;
import dev.tierway.domain.routing.TierAwareModelSelector;

/** The first decision of a call, taken without taking anything. */
public final class DryRun {
    private DryRun() {}

    public static Selection of(CallSpec spec, ReplicaRegistry registry, long nowNanos) {
        Journey journey = new Journey(spec);
        while (true) {
            RoutingProgress progress = journey.progress(nowNanos);
            long seed = journey.nextSeed();
            FleetSnapshot snapshot = registry.snapshot(
                    spec.features().ask().candidates(),
                    spec.features().ask().escalation(),
                    spec.features().shape(),
                    nowNanos);
            Choice choice =
                    TierAwareModelSelector.select(spec.features(), snapshot, spec.policy(), progress, nowNanos, seed);
            boolean hopeless = choice instanceof Choice.Nobody nobody && nobody.parkUntilNanos() == null;
            // What the real call would do next: ask the higher tier, if it may.
            if (!hopeless || !journey.widen()) {
                journey.record(1, nowNanos, seed, progress, snapshot.gatewayRetries(), choice);
                return journey.selection(registry.generation(), null);
            }
        }
    }
}
