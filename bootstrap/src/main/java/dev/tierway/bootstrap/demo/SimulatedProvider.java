package dev.tierway.bootstrap.demo;

import dev.tierway.adapter.providers.simulated.ScriptBook;
import dev.tierway.adapter.providers.simulated.ServerCounts;
import dev.tierway.adapter.providers.simulated.SimulatedScript;
import dev.tierway.adapter.providers.simulated.SimulatedServer;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.BindException;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A simulated provider that runs by itself, on a loopback port. It speaks all its dialects at once. */
public final class SimulatedProvider implements AutoCloseable {
    /** Its only listed model; it answers for any. */
    public static final String MODEL = "simulated";

    private final Vertx vertx;
    private final SimulatedServer server;
    private final AtomicBoolean closed = new AtomicBoolean();

    private SimulatedProvider(Vertx vertx, SimulatedServer server) {
        this.vertx = vertx;
        this.server = server;
    }

    /** In which format it is asked. */
    public enum Dialect {
        OPENAI("openai-compatible", "/v1", "chat, embed", "tools, json, embeddings"),
        ANTHROPIC("anthropic", "", "chat", "tools, json"),
        GEMINI("gemini", "/v1", "chat", "tools, json");

        private final String kind;
        private final String path;
        private final String useCases;
        private final String capabilities;

        Dialect(String kind, String path, String useCases, String capabilities) {
            this.kind = kind;
            this.path = path;
            this.useCases = useCases;
            this.capabilities = capabilities;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param port 0: any free one
     * @throws BindException if another program has it
     */
    public static SimulatedProvider start(int port, SimulatedScript script) throws BindException {
        Vertx vertx = Vertx.vertx(
                new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1));
        try {
            ScriptBook scripts = new ScriptBook(script);
            scripts.of(MODEL, script);
            return new SimulatedProvider(
                    vertx, SimulatedServer.start(vertx, MODEL, scripts, port).join());
        } catch (CompletionException failed) {
            vertx.close().await();
            if (failed.getCause() instanceof BindException taken) {
                throw taken;
            }
            throw failed;
        }
    }

    /** What {@code base-url} is set to for that dialect. */
    public String baseUrl(Dialect dialect) {
        return "http://127.0.0.1:" + server.port() + dialect.path;
    }

    /** A configuration with nothing but this provider and its model. */
    public String config(Dialect dialect) {
        String key = dialect == Dialect.OPENAI ? "" : ", api-key: none-needed";
        return """
            providers:
              - { id: simulated, kind: %s, base-url: "%s"%s }
            models:
              - id: %s
                tier: small
                use-cases: [%s]
                capabilities: [%s]
                context-window: 128000
                max-output-tokens: 4096
                replicas: [ { provider: simulated, price: { input: 0, output: 0 } } ]
            """.formatted(dialect.kind, baseUrl(dialect), key, MODEL, dialect.useCases, dialect.capabilities);
    }

    /** What it has seen so far. */
    public ServerCounts counts() {
        return server.counts();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            vertx.close().await();
        }
    }
}
