package dev.tierway.application.keys;

import dev.tierway.application.access.Grant;
import org.jspecify.annotations.Nullable;

/**
 * An API key of the configuration.
 *
 * @param expiresEpochMillis when it ends by itself; null: not by itself
 */
public record DeclaredKey(
        String id, String secret, Grant grant, @Nullable Long expiresEpochMillis) {
    /** Without the secret. */
    @Override
    public String toString() {
        return "DeclaredKey[" + id + "]";
    }
}
