package dev.tierway.adapter.tools;

import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** A server's process, which sees the variables named for it and no others: ours hold keys. Knows when it has ended. */
final class NamedEnvironment extends StdioClientTransport {
    private static final Logger LOG = LoggerFactory.getLogger(NamedEnvironment.class);

    private volatile boolean started;
    private volatile boolean ended;
    private volatile Runnable afterwards = () -> {};

    NamedEnvironment(McpServer.Reach.Process process, McpServer server, McpJsonMapper mapper) {
        super(parameters(process), mapper, SdkLink.mostBytes(server));
        setStdErrorHandler(line -> LOG.debug("MCP server {}: {}", server.id(), line));
    }

    private static ServerParameters parameters(McpServer.Reach.Process process) {
        List<String> command = process.command();
        ServerParameters parameters = ServerParameters.builder(command.getFirst())
                .args(command.subList(1, command.size()))
                .build();
        // The SDK adds some of ours by itself.
        parameters.getEnv().clear();
        process.environment().forEach((name, value) -> parameters.getEnv().put(name, value));
        return parameters;
    }

    @Override
    protected ProcessBuilder getProcessBuilder() {
        ProcessBuilder builder = super.getProcessBuilder();
        builder.environment().clear();
        return builder;
    }

    @Override
    public Mono<Void> connect(Function<Mono<McpSchema.JSONRPCMessage>, Mono<McpSchema.JSONRPCMessage>> handler) {
        return super.connect(handler).doOnSuccess(connected -> {
            started = true;
            Thread.ofVirtual().name("tierway-mcp-watch").start(() -> {
                awaitForExit();
                ended = true;
                afterwards.run();
            });
        });
    }

    void whenEnded(Runnable then) {
        afterwards = then;
    }

    boolean runs() {
        return !started || !ended;
    }
}
