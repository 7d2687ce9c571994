package dev.tierway.application.port.out;

import org.jspecify.annotations.Nullable;

/**
 * Something somebody changed while the gateway ran.
 *
 * @param instance the gateway that was told to
 * @param action what was changed, e.g. {@code phase}
 * @param value into what, e.g. {@code draining}
 * @param scope the kind of thing that was changed, e.g. {@code provider}
 * @param id which one
 * @param reason in the author's words; null: none was given
 * @param untilEpochMillis when the change ends by itself; null: not by itself
 */
public record AuditEntry(
        long atEpochMillis,
        String instance,
        String author,
        String action,
        String value,
        String scope,
        String id,
        @Nullable String reason,
        @Nullable Long untilEpochMillis) {}
