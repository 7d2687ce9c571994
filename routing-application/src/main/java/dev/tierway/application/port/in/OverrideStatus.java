package dev.tierway.application.port.in;

import org.jspecify.annotations.Nullable;

/**
 * An operator's action that is in force.
 *
 * @param scope replica | model | quota_domain | provider | rule | gateway
 * @param action phase | mark | rule | strategy
 * @param value what was ordered, e.g. {@code draining}
 * @param reason null: none was given
 * @param untilMillis milliseconds until it ends by itself; null: not by itself
 */
public record OverrideStatus(
        String scope,
        String id,
        String action,
        String value,
        String author,
        @Nullable String reason,
        @Nullable Long untilMillis) {}
