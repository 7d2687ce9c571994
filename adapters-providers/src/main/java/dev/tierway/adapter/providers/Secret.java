package dev.tierway.adapter.providers;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** A credential. Its text shows only where {@link #reveal} is called: never in logs, errors or {@code toString}. */
public final class Secret {
    private final String value;

    /** @throws IllegalArgumentException if it couldn't be sent as a header; the message doesn't repeat it */
    public Secret(String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("the secret is empty: set it, or leave the key out");
        }
        if (!HeaderRules.isSendable(value)) {
            throw new IllegalArgumentException(
                    "the secret holds a line break or a character outside visible ASCII: look for a stray newline");
        }
        this.value = value;
    }

    /** The text, for the wire only. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret
                && MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.UTF_8), secret.value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "[redacted]";
    }
}
