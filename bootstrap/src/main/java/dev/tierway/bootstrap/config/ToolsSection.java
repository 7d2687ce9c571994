package dev.tierway.bootstrap.config;

import dev.tierway.McpServerConfig;
import dev.tierway.adapter.providers.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code tools}. */
final class ToolsSection {
    static final Key<String> ID = Key.required(
            "id",
            Scalars.matching("a server's id", "^[a-z0-9][a-z0-9-]{0,30}$", text -> {
                if (!text.matches("[a-z0-9][a-z0-9-]{0,30}")) {
                    throw new Unfit("is not a server's id", "use up to 31 lower-case letters, digits and dashes");
                }
                return text;
            }),
            "Its tools' names begin with it: `id__tool` for the model, `id.tool` in lists.");
    static final Key<List<String>> COMMAND = Key.optional(
            "command",
            new ListShape<>(Scalars.TEXT, "a program and its arguments", 1),
            "Starts a program of this machine and speaks to it by its standard input and output. No shell is between.");
    static final Key<Map<String, Secret>> ENV = Key.optional(
                    "env",
                    new MapShape<>(
                            Scalars.matching("a variable's name", "^[A-Za-z_][A-Za-z0-9_]*$", text -> {
                                if (!text.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                                    throw new Unfit("is not a variable's name", "use letters, digits and _");
                                }
                                return text;
                            }),
                            Scalars.SECRET,
                            "a set of variables"),
                    "With `command`: all the variables the program sees, e.g. `PATH: \"${PATH}\"`; it gets none of the"
                            + " gateway's own. Values are treated as secrets.")
            .absentMeans("none");
    static final Key<URI> URL =
            Key.optional("url", BaseUrl.SHAPE, "A server that speaks streamable HTTP, with its path.");
    static final Key<Map<String, Secret>> HEADERS = Key.optional(
            "headers",
            new MapShape<>(
                    Scalars.matching("a header's name", "^[A-Za-z0-9_-]+$", text -> {
                        if (!text.matches("[A-Za-z0-9_-]+")) {
                            throw new Unfit("is not a header's name", "use letters, digits, _ and -");
                        }
                        return text;
                    }),
                    Scalars.SECRET,
                    "a set of headers"),
            "With `url`: sent with every request. Values are treated as secrets.");
    static final Key<Duration> TIMEOUT = Key.optional(
                    "timeout", Quantities.DURATION_ABOVE_ZERO, "How long one answer may take, and its start.")
            .or("60s");
    static final Key<Long> RESULT_CHARACTERS = Key.optional(
                    "result-characters",
                    Quantities.count(1, 10_000_000),
                    "Longest result that is taken of a tool; the rest is cut off, and the model is told so.")
            .or("65536");

    private static final Section<McpServerConfig> SERVER = Section.of(
                    "mcp-server",
                    "A server of tools, by the Model Context Protocol. Started when it is first needed, and again when"
                            + " it has died.",
                    List.of(ID, COMMAND, ENV, URL, HEADERS, TIMEOUT, RESULT_CHARACTERS),
                    ToolsSection::server)
            .oneOf(true, COMMAND, URL);

    static final Key<List<McpServerConfig>> MCP = Key.optional(
            "mcp", new ListShape<>(SERVER, "a list of servers", 0), "Servers of tools, by the Model Context Protocol.");

    static final Section<List<McpServerConfig>> SECTION = Section.of(
            "tools",
            "Where tools come from that conversations may use, beside those of the program itself.",
            List.of(MCP),
            ToolsSection::servers);

    private ToolsSection() {}

    private static McpServerConfig server(Values v) {
        if (v.has(ENV) && !v.has(COMMAND)) {
            v.error(ENV, "means something with a command only", "remove it");
        }
        if (v.has(HEADERS) && !v.has(URL)) {
            v.error(HEADERS, "means something with an url only", "remove it");
        }
        URI url = v.get(URL);
        if (url != null && v.has(HEADERS) && BaseUrl.isOpenToEavesdroppers(url)) {
            v.warn(URL, "sends credentials over http, readable on the way", "use https");
        }
        List<String> command = v.get(COMMAND, List.of());
        boolean unread = command.isEmpty() == (url == null);
        return new McpServerConfig(
                v.value(ID),
                unread ? List.of("unread") : command,
                v.get(ENV, Map.of()),
                unread || url == null ? null : url.toString(),
                v.get(HEADERS, Map.of()),
                v.value(TIMEOUT),
                Math.toIntExact(v.value(RESULT_CHARACTERS)));
    }

    private static List<McpServerConfig> servers(Values v) {
        List<McpServerConfig> servers = v.get(MCP, List.of());
        Set<String> ids = new HashSet<>();
        for (McpServerConfig server : servers) {
            if (!ids.add(server.id())) {
                v.error(MCP, "two servers have the id '" + server.id() + "'", "rename one");
            }
        }
        return servers;
    }
}
