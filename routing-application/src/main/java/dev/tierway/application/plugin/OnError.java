package dev.tierway.application.plugin;

import java.util.Locale;

/** What becomes of a call whose plugin broke or took too long. */
public enum OnError {
    /** It is denied: for plugins that protect something. */
    DENY,
    /** It goes on as if the plugin weren't there: for plugins that are a convenience. */
    CONTINUE;

    private final String id = name().toLowerCase(Locale.ROOT);

    /** The word in configuration. */
    public String id() {
        return id;
    }
}
