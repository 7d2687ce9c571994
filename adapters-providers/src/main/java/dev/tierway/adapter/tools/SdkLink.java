package dev.tierway.adapter.tools;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.ToolDefinition;
import dev.tierway.application.port.out.ToolOutcome;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A connection by the official Java SDK. */
final class SdkLink implements McpLink {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final McpClientTransport transport;
    private final McpSyncClient client;
    private final AtomicBoolean changed;
    private volatile boolean broken;

    private SdkLink(McpClientTransport transport, McpSyncClient client, AtomicBoolean changed) {
        this.transport = transport;
        this.client = client;
        this.changed = changed;
    }

    /** Fails at once if the SDK isn't there, not when a server is first needed. */
    static McpToolSource.Connect connector() {
        McpJsonMapper mapper = new JacksonMcpJsonMapper(JSON);
        return server -> connect(server, mapper);
    }

    private static McpLink connect(McpServer server, McpJsonMapper mapper) {
        AtomicBoolean changed = new AtomicBoolean(true);
        McpClientTransport transport;
        try {
            transport = switch (server.reach()) {
                case McpServer.Reach.Process process -> new NamedEnvironment(process, server, mapper);
                case McpServer.Reach.Http http -> http(http, server, mapper);
            };
        } catch (IllegalArgumentException unfit) {
            throw new LinkException("it can't be reached: " + unfit.getMessage(), unfit);
        }
        McpSyncClient client = McpClient.sync(transport)
                .requestTimeout(server.timeout())
                .initializationTimeout(server.timeout())
                .clientInfo(McpSchema.Implementation.builder("tierway", "1").build())
                .toolsChangeConsumer(tools -> changed.set(true))
                .build();
        if (transport instanceof NamedEnvironment process) {
            // Whoever waits for an answer of it hears at once that there won't be one.
            process.whenEnded(client::close);
        }
        try {
            client.initialize();
        } catch (RuntimeException failed) {
            client.close();
            throw new LinkException("it didn't start: " + words(failed), failed);
        }
        return new SdkLink(transport, client, changed);
    }

    private static McpClientTransport http(McpServer.Reach.Http http, McpServer server, McpJsonMapper mapper) {
        URI url = URI.create(http.url());
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/mcp" : url.getRawPath();
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return HttpClientStreamableHttpTransport.builder(url.getScheme() + "://" + url.getRawAuthority())
                .endpoint(path + query)
                .jsonMapper(mapper)
                .connectTimeout(server.timeout())
                .maxResponseSize(mostBytes(server))
                .addHttpRequestCustomizer((request, method, endpoint, body, context) ->
                        http.headers().forEach((name, value) -> request.setHeader(name, value)))
                .build();
    }

    /** A message holds its text escaped, and something around it. */
    static int mostBytes(McpServer server) {
        return (int) Math.min(Integer.MAX_VALUE - 8L, 1_000_000L + 8L * server.resultChars());
    }

    @Override
    public boolean listChanged() {
        return changed.get();
    }

    @Override
    public List<ToolDefinition> list() {
        changed.set(false);
        try {
            List<ToolDefinition> tools = new ArrayList<>();
            for (McpSchema.Tool tool : client.listTools().tools()) {
                JsonText schema =
                        tool.inputSchema() == null ? null : new JsonText(JSON.writeValueAsString(tool.inputSchema()));
                tools.add(new ToolDefinition(tool.name(), tool.description(), schema, null));
            }
            return List.copyOf(tools);
        } catch (RuntimeException | JsonProcessingException failed) {
            changed.set(true);
            throw new LinkException("it doesn't list its tools: " + words(failed), failed);
        }
    }

    @Override
    public ToolOutcome call(String tool, JsonText arguments) throws InterruptedException {
        try {
            Map<String, Object> given = JSON.readValue(arguments.json(), new TypeReference<>() {});
            McpSchema.CallToolResult result = client.callTool(
                    McpSchema.CallToolRequest.builder(tool).arguments(given).build());
            return new ToolOutcome(text(result), Boolean.TRUE.equals(result.isError()));
        } catch (McpError refused) {
            return ToolOutcome.failure(words(refused));
        } catch (RuntimeException | JsonProcessingException failed) {
            if (Thread.interrupted() || causedBy(InterruptedException.class, failed)) {
                throw new InterruptedException("nobody waits for tool " + tool + " any more");
            }
            // A slow tool is no reason to begin anew; a session that the server doesn't know any more is.
            broken = !causedBy(TimeoutException.class, failed);
            throw new LinkException(words(failed), failed);
        }
    }

    private static boolean causedBy(Class<? extends Throwable> kind, Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    /** Models read text: of all else they are told that it was there. */
    private static String text(McpSchema.CallToolResult result) throws JsonProcessingException {
        StringBuilder all = new StringBuilder();
        List<McpSchema.Content> parts = result.content() == null ? List.of() : result.content();
        for (McpSchema.Content part : parts) {
            all.append(all.isEmpty() ? "" : "\n")
                    .append(
                            part instanceof McpSchema.TextContent text
                                    ? text.text()
                                    : "[" + part.type() + " content, which can't be shown here]");
        }
        if (all.isEmpty() && result.structuredContent() != null) {
            all.append(JSON.writeValueAsString(result.structuredContent()));
        }
        return all.toString();
    }

    /** The innermost message is the one that says what happened; what wraps it is the SDK's. */
    private static String words(@Nullable Throwable failed) {
        String words = "no reason given";
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            words = message == null || message.isBlank() ? words : message;
        }
        return words.length() > 500 ? words.substring(0, 500) + "…" : words;
    }

    @Override
    public boolean alive() {
        return transport instanceof NamedEnvironment process ? process.runs() : !broken;
    }

    @Override
    public void close() {
        client.closeGracefully();
    }
}
