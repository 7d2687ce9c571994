package dev.tierway.application.error;

import java.util.List;

/** A call offers or uses tools that it may not. Nothing was sent, unless the model itself asked for the tool. */
public final class ToolAccessDeniedException extends TierwayException {
    private static final long serialVersionUID = 1;

    private final List<String> tools;

    /** @param tools the denied ones */
    public ToolAccessDeniedException(List<String> tools, String why) {
        super(Details.of(
                403,
                "tool_access_denied",
                "tools " + String.join(", ", tools) + " may not be used: " + why
                        + ". Leave them out, or let them in under agents.tools"));
        this.tools = List.copyOf(tools);
    }

    public List<String> tools() {
        return tools;
    }
}
