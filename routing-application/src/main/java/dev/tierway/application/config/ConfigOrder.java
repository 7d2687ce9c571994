package dev.tierway.application.config;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Somebody wants another configuration in force.
 *
 * @param author who, as far as is known
 * @param reason in the author's words; null: none was given
 */
public record ConfigOrder(
        Origin origin, String author, @Nullable String reason) {
    /** How it was asked for. */
    public enum Origin {
        /** The process has started. */
        START,
        /** The embedding program. */
        JAVA,
        /** Over the admin port. */
        ADMIN,
        /** A hangup signal. */
        SIGHUP,
        /** The file has changed. */
        WATCH;

        /** As it is written in documents and stores. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws IllegalArgumentException if there is none of that id */
        public static Origin parse(String id) {
            for (Origin origin : values()) {
                if (origin.id().equals(id)) {
                    return origin;
                }
            }
            throw new IllegalArgumentException("unknown origin '" + id + "'");
        }
    }

    /** Without a reason, by whoever that origin stands for. */
    public static ConfigOrder of(Origin origin) {
        return new ConfigOrder(origin, origin.id(), null);
    }
}
