package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whose calls an order is about: exactly one of these. */
final class HoldOption {
    @Option(names = "--agent", paramLabel = "NAME", required = true, description = "Calls that name this agent")
    @Nullable
    String agent;

    @Option(names = "--workflow", paramLabel = "NAME", required = true, description = "Calls that name this workflow")
    @Nullable
    String workflow;

    @Option(names = "--all", required = true, description = "All calls")
    boolean all;

    void put(ObjectNode body) {
        if (agent != null) {
            body.put("agent", agent);
        }
        if (workflow != null) {
            body.put("workflow", workflow);
        }
        if (all) {
            body.put("gateway", "all");
        }
    }
}
