package dev.tierway.domain.operator;

import org.jspecify.annotations.Nullable;

/**
 * An order with who gave it, why, and for how long.
 *
 * @param number counts up over all actions and instances: the higher, the later
 * @param author who; a name for people
 * @param reason in the operator's words; null: none was given
 * @param untilNanos when it ends by itself, on the monotonic clock; null: not by itself
 */
public record OperatorAction(
        long number,
        Scope scope,
        OperatorOrder order,
        String author,
        @Nullable String reason,
        @Nullable Long untilNanos) {
    public boolean inForce(long nowNanos) {
        return untilNanos == null || nowNanos < untilNanos;
    }
}
