package dev.tierway.domain.operator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The actions about one replica, in the order in which they win: found once, read at every decision.
 *
 * @param phases that order a phase
 * @param marks that mark it
 */
public record ReplicaOrders(List<OperatorAction> phases, List<OperatorAction> marks) {
    public static final ReplicaOrders NONE = new ReplicaOrders(List.of(), List.of());

    public ReplicaOrders {
        phases = List.copyOf(phases);
        marks = List.copyOf(marks);
    }

    /** What holds at that time. */
    public Standing at(long nowNanos) {
        if (phases.isEmpty() && marks.isEmpty()) {
            return Standing.NONE;
        }
        OperatorAction phase = first(phases, nowNanos);
        OperatorAction mark = first(marks, nowNanos);
        return phase == null && mark == null ? Standing.NONE : new Standing(phase, mark);
    }

    private static @Nullable OperatorAction first(List<OperatorAction> actions, long nowNanos) {
        for (OperatorAction action : actions) {
            if (action.inForce(nowNanos)) {
                return action;
            }
        }
        return null;
    }
}
