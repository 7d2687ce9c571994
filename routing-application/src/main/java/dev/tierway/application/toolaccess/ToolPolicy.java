package dev.tierway.application.toolaccess;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is said of tools in one place.
 *
 * @param allowed what goes for tools that no list names; null: it isn't said here
 * @param allow if it isn't empty, only these
 * @param deny never these, whatever else is said
 */
public record ToolPolicy(@Nullable Boolean allowed, List<ToolPattern> allow, List<ToolPattern> deny) {
    public static final ToolPolicy NONE = new ToolPolicy(null, List.of(), List.of());

    public ToolPolicy {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
    }

    /** Whether it says nothing. */
    public boolean isEmpty() {
        return !Boolean.FALSE.equals(allowed) && allow.isEmpty() && deny.isEmpty();
    }

    static boolean any(List<ToolPattern> patterns, String tool) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(tool));
    }
}
