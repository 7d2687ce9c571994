package dev.tierway.domain.routing;

import dev.tierway.domain.fleet.ReplicaView;
import java.util.List;

/** A pinned replica skips health, phase and weight, visibly; never the rest. */
final class PinnedCall {
    private PinnedCall() {}

    static Choice.Verdict verdict(ReplicaView view, List<Rejection> reasons) {
        return new Choice.Verdict(
                view,
                null,
                reasons.stream().filter(reason -> !skipped(reason)).toList(),
                reasons.stream().filter(PinnedCall::skipped).toList());
    }

    private static boolean skipped(Rejection rejection) {
        return rejection instanceof Rejection.Health
                || rejection instanceof Rejection.InPhase
                || rejection instanceof Rejection.WeightZero;
    }
}
