package dev.tierway.application.port.in;

import org.jspecify.annotations.Nullable;

/**
 * One operator's action, for people.
 *
 * @param scope replica | model | quota_domain | provider | rule | gateway
 * @param action phase | mark | circuit | rule | strategy
 * @param value what was ordered, e.g. {@code draining}
 * @param at when, RFC 3339
 * @param until when it ends by itself, RFC 3339; null: not by itself
 * @param instance the gateway it was given to
 */
public record OperatorActionStatus(
        String scope,
        String id,
        String action,
        String value,
        String author,
        @Nullable String reason,
        String at,
        @Nullable String until,
        String instance) {}
