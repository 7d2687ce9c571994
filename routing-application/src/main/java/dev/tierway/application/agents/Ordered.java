package dev.tierway.application.agents;

import dev.tierway.domain.agent.ExecutionLimits;
import dev.tierway.domain.operator.OperatorAction;
import dev.tierway.domain.operator.OperatorOrder;
import dev.tierway.domain.operator.Scope;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What operators have ordered of agents' limits: since when they count, and how much they allow. */
record Ordered(Map<Scope, Reset> resets, Map<Scope, ExecutionLimits> limits) {
    static final Ordered NOTHING = new Ordered(Map.of(), Map.of());

    /**
     * A new beginning.
     *
     * @param epoch tells it from all others: the later, the higher; 0: there was none
     * @param sinceEpochMillis null: from the first call on
     */
    record Reset(long epoch, @Nullable Long sinceEpochMillis) {
        static final Reset NEVER = new Reset(0, null);

        Reset later(Reset other) {
            return other.epoch > epoch ? other : this;
        }
    }

    static Ordered of(List<OperatorAction> actions) {
        Map<Scope, Reset> resets = new HashMap<>();
        Map<Scope, ExecutionLimits> limits = new HashMap<>();
        for (OperatorAction action : actions) {
            if (action.order() instanceof OperatorOrder.Reset(@Nullable Instant since)) {
                resets.put(
                        action.scope(), new Reset(action.number(), since == null ? null : (Long) since.toEpochMilli()));
            } else if (action.order() instanceof OperatorOrder.SetLimits(@Nullable ExecutionLimits set)
                    && set != null) {
                limits.put(action.scope(), set);
            }
        }
        return resets.isEmpty() && limits.isEmpty() ? NOTHING : new Ordered(Map.copyOf(resets), Map.copyOf(limits));
    }

    Reset reset(Scope scope) {
        return resets.getOrDefault(scope, Reset.NEVER);
    }

    ExecutionLimits limits(Scope scope) {
        return limits.getOrDefault(scope, ExecutionLimits.NONE);
    }
}
