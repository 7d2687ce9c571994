package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.GatewayConfig;
import dev.tierway.bootstrap.Gateway;
import dev.tierway.bootstrap.reload.ConfigFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
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
        return client(certificates.good(), null);
    }

    /**
     * @param trusted whose authority is
     * @param shown whose certificate is; null: none
     */
    private static HttpClient client(Path trusted, Path shown) throws Exception {
        KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
        authorities.load(null, null);
        authorities.setCertificateEntry(
                "authority", Certificates.loaded(trusted).getCertificate("authority"));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(authorities);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(shown == null ? null : own(shown), managers.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    private static KeyManager[] own(Path store) throws Exception {
        KeyStore all = Certificates.loaded(store);
        KeyStore one = KeyStore.getInstance(KeyStore.getDefaultType());
        one.load(null, null);
        char[] password = Certificates.PASSWORD.toCharArray();
        one.setKeyEntry(
                "me",
                all.getKey(Certificates.SERVER, password),
                password,
                all.getCertificateChain(Certificates.SERVER));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(one, password);
        return keys.getKeyManagers();
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

    /** What is shown while the test renews it. */
    private record Renewed(Path certificate, Path key, Path config) {
        static Renewed in(Path folder, String more) throws Exception {
            Path certificate = folder.resolve("renewed.crt");
            Path key = folder.resolve("renewed.key");
            Path config = folder.resolve("renewed.yaml");
            Files.writeString(config, CONFIG.formatted(certificate, key).replace("  port: 0\n", "  port: 0\n" + more));
            Renewed renewed = new Renewed(certificate, key, config);
            renewed.certificateOf(certificates.good());
            renewed.keyOf(certificates.good());
            return renewed;
        }

        void certificateOf(Path store) throws Exception {
            Files.copy(certificates.certificate(store), certificate, StandardCopyOption.REPLACE_EXISTING);
        }

        void keyOf(Path store) throws Exception {
            Files.copy(certificates.key(store), key, StandardCopyOption.REPLACE_EXISTING);
        }

        Gateway start() {
            return Gateway.start(GatewayConfig.load(config, Map.of()), ConfigFile.of(config));
        }
    }

    private static HttpResponse<String> reload(HttpClient http, Gateway gateway) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + gateway.adminPort() + "/admin/config/reload"))
                        .header("authorization", "Bearer a-token-that-is-long")
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                BodyHandlers.ofString());
    }

    /** Each by a client of its own: connections that are open keep what they were shown. */
    private static boolean shows(Path store, int port) throws Exception {
        try (HttpClient http = client(store, null)) {
            HttpResponse<String> live = get(http, "https", port, "/livez", "any");
            assertThat(live.statusCode()).isEqualTo(200);
            assertThat(live.version()).isEqualTo(HttpClient.Version.HTTP_2);
            return true;
        } catch (SSLHandshakeException another) {
            return false;
        }
    }

    @Test
    void renewed_certificates_are_shown_after_a_reload_and_open_connections_stay() throws Exception {
        Renewed renewed = Renewed.in(folder, "");
        Path next =
                Certificates.in(Files.createDirectory(folder.resolve("next"))).good();
        try (Gateway gateway = renewed.start();
                HttpClient open = trusting()) {
            assertThat(get(open, "https", gateway.apiPort(), "/livez", "any").statusCode())
                    .isEqualTo(200);
            renewed.certificateOf(next);
            HttpResponse<String> half = reload(open, gateway);
            assertThat(half.statusCode()).as(half.body()).isEqualTo(422);
            assertThat(half.body()).contains("renewed.key");
            assertThat(shows(certificates.good(), gateway.apiPort())).isTrue();

            renewed.keyOf(next);
            HttpResponse<String> whole = reload(open, gateway);
            assertThat(whole.statusCode()).as(whole.body()).isEqualTo(200);
            assertThat(whole.body()).contains("certificates, or keys of theirs, are others");
            awaitShown(next, gateway.apiPort());
            awaitShown(next, gateway.adminPort());
            assertThat(shows(certificates.good(), gateway.apiPort())).isFalse();
            assertThat(get(open, "https", gateway.apiPort(), "/livez", "any").statusCode())
                    .as("on the connection that was open")
                    .isEqualTo(200);
            assertThat(reload(open, gateway).body()).as("once").contains("unchanged");
        }
    }

    private static void awaitShown(Path store, int port) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TwoUpstreams.PATIENCE_SECONDS);
        while (!shows(store, port)) {
            assertThat(System.nanoTime()).isLessThan(deadline);
        }
    }

    @Test
    void renewed_certificates_are_found_by_themselves_if_files_are_watched() throws Exception {
        Path own = Files.createDirectory(folder.resolve("watched"));
        Renewed renewed = Renewed.in(own, "  reload: { watch: on, every: 20ms }\n");
        Path next = Certificates.in(own).good();
        try (Gateway gateway = renewed.start()) {
            assertThat(shows(certificates.good(), gateway.apiPort())).isTrue();
            renewed.certificateOf(next);
            renewed.keyOf(next);
            awaitShown(next, gateway.apiPort());
        }
    }

    @Test
    void who_must_show_a_certificate_and_has_none_or_anothers_is_not_let_in() throws Exception {
        Path certificate = certificates.certificate(certificates.good());
        Path key = certificates.key(certificates.good());
        String config = CONFIG.formatted(certificate, key)
                .replace(
                        "key: \"" + key + "\"",
                        "key: \"" + key + "\", client-ca: \"" + certificates.pem(certificates.otherHost()) + "\"");
        try (Gateway gateway = Gateway.start(GatewayConfig.parse(config, Map.of()));
                HttpClient known = client(certificates.good(), certificates.otherHost());
                HttpClient unknown = client(certificates.good(), certificates.expired());
                HttpClient nobody = trusting()) {
            for (int port : List.of(gateway.apiPort(), gateway.adminPort())) {
                assertThat(get(known, "https", port, "/livez", "any").statusCode())
                        .isEqualTo(200);
                assertThatThrownBy(() -> get(unknown, "https", port, "/livez", "any"))
                        .isInstanceOf(IOException.class);
                assertThatThrownBy(() -> get(nobody, "https", port, "/livez", "any"))
                        .isInstanceOf(IOException.class);
            }
            assertThat(get(known, "https", gateway.apiPort(), "/v1/models", "wrong-key-12345")
                            .statusCode())
                    .as("a certificate is no key")
                    .isEqualTo(401);
        }
    }

    @Test
    void authorities_that_are_none_are_named_at_the_start() throws Exception {
        Path nobody = Files.writeString(folder.resolve("nobody.pem"), "this is no certificate");
        Path key = certificates.key(certificates.good());
        String config = CONFIG.formatted(certificates.certificate(certificates.good()), key)
                .replace("key: \"" + key + "\"", "key: \"" + key + "\", client-ca: \"" + nobody + "\"");
        assertThatThrownBy(() -> Gateway.start(GatewayConfig.parse(config, Map.of())))
                .hasMessageContaining("nobody.pem")
                .hasMessageContaining("authorities");
    }
}
