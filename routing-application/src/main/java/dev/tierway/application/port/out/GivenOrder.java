package dev.tierway.application.port.out;

import dev.tierway.domain.operator.OperatorOrder;
import dev.tierway.domain.operator.Scope;
import org.jspecify.annotations.Nullable;

/**
 * An operator's action as it is stored.
 *
 * @param author who gave it
 * @param reason in the operator's words; null: none was given
 * @param untilEpochMillis when it ends by itself; null: not by itself
 * @param instance the gateway it was given to
 */
public record GivenOrder(
        Scope scope,
        OperatorOrder order,
        String author,
        @Nullable String reason,
        long atEpochMillis,
        @Nullable Long untilEpochMillis,
        String instance) {}
