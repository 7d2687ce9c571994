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
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A gateway before two loopback upstreams: the cheap {@code a} is chosen unless something is wrong with it. */
final class TwoUpstreams implements AutoCloseable {
    static final long PATIENCE_SECONDS = 20;

    private static final String CONFIG = """
        providers:
          - { id: a, kind: openai-compatible, base-url: "%s" }
          - { id: b, kind: openai-compatible, base-url: "%s" }
        models:
          - id: m
            tier: mid
            use-cases: [chat, code]
            capabilities: [tools, json]
            context-window: 100000
            replicas:
              - { provider: a, upstream-model: m-at-a, price: { input: 1, output: 1 } }
              - { provider: b, upstream-model: m-at-b, price: { input: 20, output: 200 } }
          - { id: seeing, tier: frontier, use-cases: [vision], capabilities: [json, vision], replicas: [{ provider: a }] }
          - { id: embedding, tier: micro, use-cases: [embed], capabilities: [embeddings], replicas: [{ provider: a }] }
        routing: { strategy: %s }
        storage: { ledger: { store: memory }, quota: { store: memory } }
        server: { port: 0, admin: { port: 0 } }
        """;

    final SimulatedServer a;
    final SimulatedServer b;
    final Gateway gateway;
    final HttpClient client = HttpClient.newHttpClient();
    private final Vertx vertx = Vertx.vertx();

    TwoUpstreams() throws Exception {
        this("adaptive");
    }

    TwoUpstreams(String strategy) throws Exception {
        this(strategy, "");
    }

    /** @param more of the configuration, as YAML */
    TwoUpstreams(String strategy, String more) throws Exception {
        a = server("a");
        b = server("b");
        String config = CONFIG.formatted(a.baseUrl(), b.baseUrl(), strategy) + more;
        gateway = Gateway.start(GatewayConfig.parse(config, Map.of()));
    }

    private SimulatedServer server(String name) throws Exception {
        return SimulatedServer.start(vertx, name, new ScriptBook(SimulatedScript.HEALTHY))
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    URI api(String path) {
        return URI.create("http://127.0.0.1:" + gateway.apiPort() + path);
    }

    HttpResponse<String> post(String path, String body) throws Exception {
        return client.send(request(path, body), HttpResponse.BodyHandlers.ofString());
    }

    HttpRequest request(String path, String body) {
        return HttpRequest.newBuilder(api(path))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(api(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() throws Exception {
        client.close();
        gateway.close();
        a.close();
        b.close();
        vertx.close().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
