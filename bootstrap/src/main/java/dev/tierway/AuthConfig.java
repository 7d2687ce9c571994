package dev.tierway;

import dev.tierway.adapter.providers.Secret;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who may call.
 *
 * @param adminToken what the admin port asks for; null: it asks for nothing, which loopback alone allows
 */
public record AuthConfig(Mode mode, @Nullable Secret adminToken) {
    public static final AuthConfig OPEN = new AuthConfig(Mode.NONE, null);

    /** How callers of the API port prove who they are. */
    public enum Mode {
        /** Not at all. */
        NONE;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
