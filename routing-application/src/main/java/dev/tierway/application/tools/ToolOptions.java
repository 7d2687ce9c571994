package dev.tierway.application.tools;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which tools a conversation has, and its bounds.
 *
 * @param tools of this program
 * @param servers ids of configured MCP servers whose tools are offered too
 * @param allServers whether those of all configured servers are
 * @param iterations most calls of the model
 * @param parallel most tools at once
 * @param timeout of one use of a tool, unless it has its own
 * @param resultChars longest result the model gets; the rest is cut off, and it is told so
 */
public record ToolOptions(
        List<JavaTool> tools,
        Set<String> servers,
        boolean allServers,
        int iterations,
        int parallel,
        Duration timeout,
        int resultChars,
        ToolListener listener) {
    /** @throws IllegalArgumentException for bounds below 1, or two tools of one name */
    public ToolOptions {
        tools = List.copyOf(tools);
        servers = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(servers));
        if (iterations < 1 || parallel < 1 || resultChars < 1 || timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("iterations, parallel, timeout and result characters must be above 0");
        }
        Set<String> names = new LinkedHashSet<>();
        for (JavaTool tool : tools) {
            if (!names.add(tool.definition().name())) {
                throw new IllegalArgumentException(
                        "two tools have the name '" + tool.definition().name() + "'");
            }
        }
    }

    /** Of these tools, with the usual bounds. */
    public static ToolOptions of(JavaTool... tools) {
        return builder().tools(List.of(tools)).build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Collects options; only tools are needed. */
    public static final class Builder {
        private final List<JavaTool> tools = new ArrayList<>();
        private final Set<String> servers = new LinkedHashSet<>();
        private boolean allServers;
        private int iterations = 10;
        private int parallel = 8;
        private Duration timeout = Duration.ofSeconds(60);
        private int resultChars = 64 * 1024;
        private ToolListener listener = ToolListener.NONE;

        private Builder() {}

        public Builder tool(JavaTool tool) {
            tools.add(tool);
            return this;
        }

        public Builder tools(List<JavaTool> more) {
            tools.addAll(more);
            return this;
        }

        /** Offers the tools of an MCP server of the configuration. */
        public Builder server(String id) {
            servers.add(id);
            return this;
        }

        /** Offers the tools of all MCP servers of the configuration. */
        public Builder allServers() {
            allServers = true;
            return this;
        }

        public Builder iterations(int most) {
            iterations = most;
            return this;
        }

        public Builder parallel(int most) {
            parallel = most;
            return this;
        }

        public Builder timeout(Duration ofOneUse) {
            timeout = ofOneUse;
            return this;
        }

        public Builder resultChars(int most) {
            resultChars = most;
            return this;
        }

        public Builder listener(ToolListener hears) {
            listener = hears;
            return this;
        }

        public ToolOptions build() {
            return new ToolOptions(tools, servers, allServers, iterations, parallel, timeout, resultChars, listener);
        }
    }
}
