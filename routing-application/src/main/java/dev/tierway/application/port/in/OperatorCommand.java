package dev.tierway.application.port.in;

import dev.tierway.domain.operator.OperatorOrder;
import dev.tierway.domain.operator.Scope;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an operator orders.
 *
 * @param lasting null: until it is taken back
 * @param reason for colleagues; null: none
 * @param author who
 */
public record OperatorCommand(
        Scope scope,
        OperatorOrder order,
        @Nullable Duration lasting,
        @Nullable String reason,
        String author) {}
