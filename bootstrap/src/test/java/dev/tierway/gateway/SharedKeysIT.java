package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.GatewayConfig;
import dev.tierway.bootstrap.Gateway;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two gateways on one PostgreSQL know the same API keys. */
class SharedKeysIT {
    private static final String CONFIG = """
        providers:
          - { id: west, kind: simulated, simulated: { ttft: 0ms, per-token: 0ms } }
        models:
          - { id: writer, tier: mid, use-cases: [chat], replicas: [ { provider: west } ] }
        storage: { ledger: { store: postgresql, url: "postgresql://localhost:%d/postgres", user: postgres } }
        auth: { mode: keys%s }
        server: { port: 0, admin: { port: 0 } }
        """;
    private static final String PEPPER = ", pepper: \"0123456789abcdef0123456789abcdef\"";
    /** What is promised. */
    private static final long SECONDS = 5;

    private static EmbeddedPostgres server;
    private static HttpClient http;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.start();
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() throws IOException {
        http.close();
        server.close();
    }

    private static Gateway open(String pepper) {
        return Gateway.start(GatewayConfig.parse(CONFIG.formatted(server.getPort(), pepper), Map.of()));
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static HttpResponse<String> admin(Gateway gateway, String path, String body) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.adminPort() + path))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private static int status(Gateway gateway, String secret) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.apiPort() + "/v1/models"))
                        .header("x-api-key", secret)
                        .build())
                .statusCode();
    }

    private static void await(Gateway gateway, String secret, int wanted) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        int status = status(gateway, secret);
        while (status != wanted && System.nanoTime() < end) {
            status = status(gateway, secret);
        }
        assertThat(status).as("within %d s", SECONDS).isEqualTo(wanted);
    }

    @Test
    void a_key_made_at_one_opens_the_other_and_revoked_there_is_refused_here() throws Exception {
        try (Gateway one = open(PEPPER);
                Gateway other = open(PEPPER)) {
            String made = admin(one, "/admin/keys", "{\"id\": \"team\"}").body();
            String secret = made.substring(made.indexOf("sk-tw-"), made.indexOf("sk-tw-") + 49);
            assertThat(status(one, secret)).as("at once").isEqualTo(200);
            await(other, secret, 200);

            assertThat(admin(other, "/admin/keys/revoke", "{\"id\": \"team\"}").statusCode())
                    .isEqualTo(200);
            assertThat(status(other, secret)).as("at once").isEqualTo(401);
            await(one, secret, 401);
        }
    }

    @Test
    void without_a_pepper_that_all_have_no_key_is_stored() {
        try (Gateway bare = open("")) {
            HttpResponse<String> refused = admin(bare, "/admin/keys", "{\"id\": \"lonely\"}");

            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("auth.pepper isn't set");
        }
    }
}
