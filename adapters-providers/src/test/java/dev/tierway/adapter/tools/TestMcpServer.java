package dev.tierway.adapter.tools;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** The Java SDK's own server with a tool for everything that may happen; as a program, by its standard input and output. */
public final class TestMcpServer {
    private TestMcpServer() {}

    public static void main(String[] arguments) throws InterruptedException {
        AtomicReference<McpSyncServer> self = new AtomicReference<>();
        self.set(McpServer.sync(new StdioServerTransportProvider(mapper()))
                .serverInfo("test", "1")
                .capabilities(McpSchema.ServerCapabilities.builder().tools(true).build())
                .tools(tools(self))
                .build());
        new CountDownLatch(1).await();
    }

    static McpJsonMapper mapper() {
        return new JacksonMcpJsonMapper(new ObjectMapper());
    }

    static List<McpServerFeatures.SyncToolSpecification> tools(AtomicReference<McpSyncServer> self) {
        return List.of(
                tool("echo", given -> "you said " + given.get("text")),
                tool("environment", given -> String.join(",", new java.util.TreeMap<>(System.getenv()).keySet())),
                tool("huge", given -> "x".repeat(200_000)),
                tool("fail", given -> {
                    throw new IllegalStateException("this tool always fails");
                }),
                tool("die", given -> {
                    Runtime.getRuntime().halt(3);
                    return "";
                }),
                tool("hang", given -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    }
                    return "never";
                }),
                tool("grow", given -> {
                    self.get().addTool(tool("grown", more -> "I am new"));
                    return "grown";
                }));
    }

    private static McpServerFeatures.SyncToolSpecification tool(
            String name, Function<Map<String, Object>, String> answer) {
        Map<String, Object> schema = Map.of("type", "object", "properties", Map.of("text", Map.of("type", "string")));
        return McpServerFeatures.SyncToolSpecification.builder()
                .tool(McpSchema.Tool.builder(name, schema)
                        .description("does " + name)
                        .build())
                .callHandler((exchange, request) -> {
                    try {
                        return McpSchema.CallToolResult.builder()
                                .addTextContent(answer.apply(request.arguments()))
                                .build();
                    } catch (IllegalStateException failed) {
                        return McpSchema.CallToolResult.builder()
                                .addTextContent(failed.getMessage())
                                .isError(true)
                                .build();
                    }
                })
                .build();
    }
}
