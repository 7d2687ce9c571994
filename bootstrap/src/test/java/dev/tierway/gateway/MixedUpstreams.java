package dev.tierway.gateway;

import dev.tierway.GatewayConfig;
import dev.tierway.adapter.providers.simulated.ScriptBook;
import dev.tierway.adapter.providers.simulated.SimulatedScript;
import dev.tierway.adapter.providers.simulated.SimulatedServer;
import dev.tierway.bootstrap.Gateway;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A gateway in front of one server asked in Anthropic's format and one asked in OpenAI's. */
final class MixedUpstreams implements AutoCloseable {
    static final long PATIENCE_SECONDS = 20;

    private static final String CONFIG = """
        providers:
          - { id: claude, kind: anthropic, base-url: "http://127.0.0.1:%d", api-key: sk-ant-test }
          - { id: gpt, kind: openai-compatible, base-url: "%s" }
        models:
          - id: c
            tier: mid
            use-cases: [chat, code]
            capabilities: [tools, json, vision, image-url, reasoning]
            context-window: 100000
            max-output-tokens: 4000
            replicas: [ { provider: claude, upstream-model: claude-up, price: { input: 1, output: 1 } } ]
          - id: g
            tier: mid
            use-cases: [chat, code]
            capabilities: [tools, json, vision, image-url, reasoning]
            context-window: 100000
            replicas: [ { provider: gpt, upstream-model: gpt-up, price: { input: 20, output: 200 } } ]
        storage: { ledger: { store: memory }, quota: { store: memory } }
        agents: { checkpoints: on }
        server: { port: 0, admin: { port: 0 } }
        """;

    final SimulatedServer claude;
    final SimulatedServer gpt;
    final Gateway gateway;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Vertx vertx = Vertx.vertx();

    MixedUpstreams() throws Exception {
        claude = server("claude");
        gpt = server("gpt");
        gateway = Gateway.start(GatewayConfig.parse(CONFIG.formatted(claude.port(), gpt.baseUrl()), Map.of()));
    }

    private SimulatedServer server(String name) throws Exception {
        return SimulatedServer.start(vertx, name, new ScriptBook(SimulatedScript.HEALTHY))
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    URI api(String path) {
        return URI.create("http://127.0.0.1:" + gateway.apiPort() + path);
    }

    HttpResponse<String> post(String path, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(api(path))
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** The last body that came to a server. */
    static String arrived(SimulatedServer server) {
        return new String(server.recorded().getLast().body(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws Exception {
        client.close();
        gateway.close();
        claude.close();
        gpt.close();
        vertx.close().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
