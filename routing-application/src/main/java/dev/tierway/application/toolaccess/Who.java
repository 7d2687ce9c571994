package dev.tierway.application.toolaccess;

import dev.tierway.application.port.in.CallOptions;
import org.jspecify.annotations.Nullable;

/**
 * Who wants to use a tool.
 *
 * @param key the API key's id; null without one
 * @param agent as the call names it; null if it doesn't
 */
public record Who(@Nullable String key, @Nullable String agent) {
    /** A program that calls from Java. */
    public static Who of(CallOptions options) {
        return new Who(null, options.agent());
    }

    String words() {
        return agent != null ? "agent " + agent : key != null ? "key " + key : "a caller without a name";
    }
}
