package dev.tierway.domain.operator;

import org.jspecify.annotations.Nullable;

/**
 * What operators' actions make of one replica at one moment.
 *
 * @param phase orders its phase; null: the configured one
 * @param mark says if it may be trusted; null: nobody has said
 */
public record Standing(
        @Nullable OperatorAction phase, @Nullable OperatorAction mark) {
    public static final Standing NONE = new Standing(null, null);

    /** The action that marks it unhealthy; null if none does. */
    public @Nullable OperatorAction markedUnhealthy() {
        return mark != null && mark.order() instanceof OperatorOrder.Mark(boolean healthy) && !healthy ? mark : null;
    }
}
