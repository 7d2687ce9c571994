package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.GatewayConfig;
import dev.tierway.bootstrap.Gateway;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both ports over TLS, with certificates from files. */
class ServerTlsIT {
    private static final String CONFIG = """
        providers:
          - { id: west, kind: simulated, simulated: { ttft: 0ms, per-token: 0ms } }
        models:
          - { id: writer, tier: mid, use-cases: [chat], replicas: [ { provider: west } ] }
        auth: { mode: keys, admin-token: a-token-that-is-long, keys: [ { id: a, secret: 0123456789abcdef } ] }
        server:
          port: 0
          tls: { certificate: "%1$s", key: "%2$s" }
          admin: { port: 0, tls: { certificate: "%1$s", key: "%2$s" } }
        """;

    @TempDir
    static Path folder;

    private static Certificates certificates;

    @BeforeAll
    static void make() throws Exception {
        certificates = Certificates.in(folder);
    }

    private static HttpClient trusting() throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "authority", Certificates.loaded(certificates.good()).getCertificate("authority"));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    private static HttpResponse<String> get(HttpClient http, String scheme, int port, String path, String secret)
            throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(scheme + "://127.0.0.1:" + port + path))
                        .header("authorization", "Bearer " + secret)
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void both_ports_speak_tls_and_nothing_else() throws Exception {
        Path certificate = certificates.certificate(certificates.good());
        Path key = certificates.key(certificates.good());
        try (Gateway gateway = Gateway.start(GatewayConfig.parse(CONFIG.formatted(certificate, key), Map.of()));
                HttpClient http = trusting()) {
            assertThat(get(http, "https", gateway.apiPort(), "/v1/models", "0123456789abcdef")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(get(http, "https", gateway.apiPort(), "/v1/models", "0123456789abcdeX")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(get(http, "https", gateway.adminPort(), "/admin/fleet", "a-token-that-is-long")
                            .statusCode())
                    .isEqualTo(200);
            assertThatThrownBy(() -> get(http, "http", gateway.apiPort(), "/v1/models", "0123456789abcdef"))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_file_that_is_no_certificate_is_named_at_the_start() throws Exception {
        Path nothing = Files.writeString(folder.resolve("nothing.pem"), "this is no certificate");

        assertThatThrownBy(() -> Gateway.start(GatewayConfig.parse(CONFIG.formatted(nothing, nothing), Map.of())))
                .hasMessageContaining("nothing.pem")
                .hasMessageContaining("as PEM");
    }
}
