package dev.tierway.application.service;

import dev.tierway.application.port.in.OverrideStatus;
import dev.tierway.domain.operator.OperatorAction;
import dev.tierway.domain.operator.OperatorOrder;
import dev.tierway.domain.operator.Standing;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Operators' actions in force, in words for people. */
final class Overrides {
    private Overrides() {}

    static List<OverrideStatus> of(Standing standing, long nowNanos) {
        return of(
                Stream.of(standing.phase(), standing.mark())
                        .filter(Objects::nonNull)
                        .toList(),
                nowNanos);
    }

    static List<OverrideStatus> of(List<OperatorAction> actions, long nowNanos) {
        // A reset lasts, but overrides nothing.
        return actions.stream()
                .filter(action -> !(action.order() instanceof OperatorOrder.Reset))
                .map(action -> status(action, nowNanos))
                .toList();
    }

    private static OverrideStatus status(OperatorAction action, long nowNanos) {
        Long until = action.untilNanos();
        return new OverrideStatus(
                action.scope().level().id(),
                action.scope().id(),
                action.order().topic().id(),
                action.order().value(),
                action.author(),
                action.reason(),
                until == null ? null : (until - nowNanos) / 1_000_000);
    }
}
