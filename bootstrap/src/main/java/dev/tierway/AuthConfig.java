package dev.tierway;

import dev.tierway.adapter.providers.Secret;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who may call.
 *
 * @param adminToken what the admin port asks for; null: it asks for nothing, which loopback alone allows
 * @param pepper without which digests of keys' secrets can't be made; null: one of Tierway's own making
 * @param previousPepper the one before; null: none
 * @param keys beside the stored ones
 */
public record AuthConfig(
        Mode mode,
        @Nullable Secret adminToken,
        @Nullable Secret pepper,
        @Nullable Secret previousPepper,
        List<KeyConfig> keys) {
    public static final AuthConfig OPEN = new AuthConfig(Mode.NONE, null, null, null, List.of());

    public AuthConfig {
        keys = List.copyOf(keys);
    }

    /** How callers of the API port prove who they are. */
    public enum Mode {
        /** By an API key. */
        KEYS,
        /** Not at all. */
        NONE;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
