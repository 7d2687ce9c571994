package dev.tierway.application.toolaccess;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything of {@code agents.tools}. A denial anywhere holds; then the agent's own list of allowed tools counts, if it has one,
 * else the general one; then what goes for unnamed tools, the agent's word first.
 *
 * @param agents by the option {@code agent}
 */
public record ToolRules(
        ToolPolicy general,
        Map<String, ToolPolicy> agents,
        WhenOffered offered,
        WhenCalled called,
        List<ToolLimit> limits) {
    public static final ToolRules NONE =
            new ToolRules(ToolPolicy.NONE, Map.of(), WhenOffered.REMOVE, WhenCalled.TELL, List.of());

    public ToolRules {
        agents = Collections.unmodifiableMap(new LinkedHashMap<>(agents));
        limits = List.copyOf(limits);
    }

    /** What becomes of a call that offers the model a denied tool. */
    public enum WhenOffered {
        /** It goes without the tool, and says so in a warning. */
        REMOVE,
        /** It is refused. */
        REFUSE
    }

    /** What becomes of a denied tool that the model asks for all the same. */
    public enum WhenCalled {
        /** The model reads an error in place of the tool's result. */
        TELL,
        /** The conversation ends with an exception. */
        FAIL
    }

    /** Whether nobody is denied anything. */
    public boolean allowAll() {
        return general.isEmpty() && agents.values().stream().allMatch(ToolPolicy::isEmpty);
    }

    /** Why such a caller may not use it; null if it may. */
    @Nullable
    String denial(String tool, @Nullable String agent) {
        ToolPolicy own = agent == null ? ToolPolicy.NONE : agents.getOrDefault(agent, ToolPolicy.NONE);
        if (ToolPolicy.any(own.deny(), tool)) {
            return "it is on the deny list of agent " + agent;
        }
        if (ToolPolicy.any(general.deny(), tool)) {
            return "it is on the general deny list";
        }
        List<ToolPattern> allow = own.allow().isEmpty() ? general.allow() : own.allow();
        if (!allow.isEmpty()) {
            return ToolPolicy.any(allow, tool)
                    ? null
                    : own.allow().isEmpty()
                            ? "it is not on the general allow list"
                            : "it is not on the allow list of agent " + agent;
        }
        Boolean standing = own.allowed() == null ? general.allowed() : own.allowed();
        return Boolean.FALSE.equals(standing) ? "tools that no list names are denied" : null;
    }
}
