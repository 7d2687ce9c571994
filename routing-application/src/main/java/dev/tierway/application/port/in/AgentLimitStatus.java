package dev.tierway.application.port.in;

import org.jspecify.annotations.Nullable;

/**
 * One limit of an agent. Amounts are dollars, counts, or seconds such as {@code 42s}; null is unknown.
 *
 * @param limit usd | tokens | steps | elapsed | calls-per-minute
 * @param used what is held by calls in flight included
 * @param usedShare in [0, 1]
 * @param state ok | warning | used_up | exceeded | unknown
 */
public record AgentLimitStatus(
        String limit,
        String allowed,
        @Nullable String used,
        @Nullable String left,
        @Nullable Double usedShare,
        String state) {}
