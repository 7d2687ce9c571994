package dev.tierway.application.port.out;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Money an account has left, as its vendor tells it. Null is unknown, or a cap that isn't set.
 *
 * @param currency ISO 4217, e.g. {@code USD}
 * @param limit most that may be spent
 * @param remaining may be below zero: debt
 * @param used ever, or since the cap began
 */
public record AccountBalance(
        String currency,
        @Nullable BigDecimal limit,
        @Nullable BigDecimal remaining,
        @Nullable BigDecimal used) {}
