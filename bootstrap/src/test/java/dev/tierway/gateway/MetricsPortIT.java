package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.GatewayConfig;
import dev.tierway.bootstrap.Gateway;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Metrics on a port of their own: no token, and nothing else there. */
class MetricsPortIT {
    private static final String CONFIG = """
        providers: [ { id: west, kind: simulated, simulated: { ttft: 0ms, per-token: 0ms } } ]
        models: [ { id: writer, tier: mid, use-cases: [chat], replicas: [ { provider: west } ] } ]
        auth: { mode: none, admin-token: a-token-that-is-long }
        server: { port: 0, admin: { port: 0 } %s }
        storage: { ledger: { store: memory }, quota: { store: memory } }
        """;

    private static Gateway gateway(String metrics) {
        return Gateway.start(GatewayConfig.parse(CONFIG.formatted(metrics), Map.of()));
    }

    private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    @Test
    void they_are_there_without_the_admin_token_and_administration_is_not() throws Exception {
        try (Gateway gateway = gateway(", metrics: { port: 0 }")) {
            int port = gateway.metricsPort();

            HttpResponse<String> metrics = get(port, "/metrics");
            assertThat(metrics.statusCode()).isEqualTo(200);
            assertThat(metrics.body()).contains("tierway_build_info");
            assertThat(metrics.headers().firstValue("content-type").orElse("")).startsWith("text/plain; version=0.0.4");
            assertThat(get(port, "/livez").body()).contains("live");
            for (String other : new String[] {"/", "/admin/fleet", "/admin/config", "/v1/models", "/openapi.json"}) {
                assertThat(get(port, other).statusCode()).as(other).isEqualTo(404);
            }
            assertThat(get(gateway.adminPort(), "/metrics").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void on_loopback_no_web_page_gets_them_under_a_name_of_its_own() throws Exception {
        try (Gateway gateway = gateway(", metrics: { port: 0 }");
                Socket socket = new Socket("127.0.0.1", gateway.metricsPort())) {
            OutputStream out = socket.getOutputStream();
            out.write("GET /metrics HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 403")
                    .doesNotContain("tierway_build_info");
        }
    }

    @Test
    void without_it_there_is_no_such_port() {
        try (Gateway gateway = gateway("")) {
            assertThat(gateway.metricsPort()).isNull();
        }
    }
}
