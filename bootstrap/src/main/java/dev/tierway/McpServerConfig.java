package dev.tierway;

import dev.tierway.adapter.providers.Secret;
import dev.tierway.adapter.tools.McpServer;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A server whose tools conversations may use, by the Model Context Protocol: a program of this machine, or an address.
 *
 * @param command the program and its arguments; empty with an url
 * @param env all the program sees of variables; empty with an url
 * @param url of streamable HTTP; null with a command
 * @param headers sent with every request; empty with a command
 * @param timeout of one question
 * @param resultChars longest result that is taken of a tool
 */
public record McpServerConfig(
        String id,
        List<String> command,
        Map<String, Secret> env,
        @Nullable String url,
        Map<String, Secret> headers,
        Duration timeout,
        int resultChars) {
    public McpServerConfig {
        command = List.copyOf(command);
        env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        if (command.isEmpty() == (url == null)) {
            throw new IllegalArgumentException("MCP server '" + id + "' needs a command or an url, and not both");
        }
    }

    /** As the adapter takes it. */
    public McpServer server() {
        return new McpServer(
                id,
                command.isEmpty()
                        ? new McpServer.Reach.Http(Objects.requireNonNull(url), revealed(headers))
                        : new McpServer.Reach.Process(command, revealed(env)),
                timeout,
                resultChars);
    }

    private static Map<String, String> revealed(Map<String, Secret> secrets) {
        Map<String, String> plain = new LinkedHashMap<>();
        secrets.forEach((name, value) -> plain.put(name, value.reveal()));
        return plain;
    }
}
