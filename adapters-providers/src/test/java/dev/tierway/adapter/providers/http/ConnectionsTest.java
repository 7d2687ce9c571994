package dev.tierway.adapter.providers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.adapter.providers.Attempts;
import dev.tierway.adapter.providers.ConnectionSettings;
import dev.tierway.adapter.providers.ConnectionSettings.Proxy;
import dev.tierway.adapter.providers.ConnectionSettings.ProxyKind;
import dev.tierway.adapter.providers.ProviderSettings;
import dev.tierway.adapter.providers.RecordingSink;
import dev.tierway.adapter.providers.Secret;
import dev.tierway.adapter.providers.openai.OpenAiTransportFactory;
import dev.tierway.application.port.out.ProviderTransport;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.JksOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemTrustOptions;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How connections to a provider are made: authorities, certificates of our own, HTTP/2, proxies. */
class ConnectionsTest {
    private static final String PASSWORD = "changeit";
    private static final String COMPLETION = "{\"id\":\"c\",\"model\":\"m\",\"created\":1,\"choices\":[{\"index\":0,"
            + "\"message\":{\"role\":\"assistant\",\"content\":\"hi\"},\"finish_reason\":\"stop\"}]}";

    private static Vertx vertx;

    @TempDir
    static Path folder;

    private final List<HttpVersion> versions = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    static void start() throws Exception {
        vertx = Vertx.vertx();
        identity("server");
        identity("client");
    }

    @AfterAll
    static void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    /** A self-signed certificate for this machine, as a key store and in PEM. */
    private static void identity(String name) throws Exception {
        Path store = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "SAN=ip:127.0.0.1,dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        pem(name + ".crt", "CERTIFICATE", keys.getCertificate(name).getEncoded());
        pem(
                name + ".key",
                "PRIVATE KEY",
                keys.getKey(name, PASSWORD.toCharArray()).getEncoded());
    }

    private static void pem(String file, String what, byte[] der) throws Exception {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.writeString(
                folder.resolve(file), "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    }

    private HttpServer server(HttpServerOptions options) throws Exception {
        return vertx.createHttpServer(options.setHost("127.0.0.1").setPort(0))
                .requestHandler(request -> {
                    versions.add(request.version());
                    request.body()
                            .onSuccess(body -> request.response()
                                    .putHeader("content-type", "application/json")
                                    .end(COMPLETION));
                })
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }

    private static HttpServerOptions tls() {
        return new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(new JksOptions()
                        .setPath(folder.resolve("server.p12").toString())
                        .setPassword(PASSWORD));
    }

    private static RecordingSink call(String scheme, int port, ConnectionSettings connection) throws Exception {
        ProviderSettings settings = new ProviderSettings(
                Attempts.PROVIDER,
                "openai-compatible",
                URI.create(scheme + "://127.0.0.1:" + port + "/v1"),
                null,
                Map.of(),
                true,
                10,
                connection);
        RecordingSink sink = new RecordingSink();
        try (ProviderTransport transport = new OpenAiTransportFactory(vertx).create(settings)) {
            transport.open(Attempts.unary(Attempts.neutral("hi")), sink).request(1);
            sink.awaitEnding();
        }
        return sink;
    }

    private static String answer(RecordingSink sink) {
        sink.awaitEnd();
        return sink.whole().text();
    }

    private static ConnectionSettings trusting(boolean http2, boolean shown) {
        return new ConnectionSettings(
                http2,
                null,
                folder.resolve("server.crt"),
                shown ? folder.resolve("client.crt") : null,
                shown ? folder.resolve("client.key") : null);
    }

    @Test
    void an_authority_of_ones_own_is_trusted() throws Exception {
        HttpServer server = server(tls());
        assertThat(call("https", server.actualPort(), trusting(false, false))
                        .whole()
                        .text())
                .isEqualTo("hi");
        assertThat(versions).containsExactly(HttpVersion.HTTP_1_1);
        Failure failure =
                call("https", server.actualPort(), ConnectionSettings.DEFAULTS).awaitFailure();
        assertThat(failure.failureClass()).isEqualTo(FailureClass.TRANSPORT);
        assertThat(failure.message()).contains("certificate");
    }

    @Test
    void http2_is_used_where_both_want_it() throws Exception {
        HttpServer both = server(tls());
        HttpServer old = server(tls().setUseAlpn(false));
        assertThat(call("https", both.actualPort(), trusting(true, false))
                        .whole()
                        .text())
                .isEqualTo("hi");
        assertThat(call("https", old.actualPort(), trusting(true, false))
                        .whole()
                        .text())
                .isEqualTo("hi");
        assertThat(versions).containsExactly(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1);
    }

    @Test
    void a_server_that_asks_who_calls_is_shown_a_certificate() throws Exception {
        HttpServer server = server(tls().setClientAuth(ClientAuth.REQUIRED)
                .setTrustOptions(new PemTrustOptions()
                        .addCertPath(folder.resolve("client.crt").toString())));
        assertThat(call("https", server.actualPort(), trusting(false, true))
                        .whole()
                        .text())
                .isEqualTo("hi");
        assertThat(call("https", server.actualPort(), trusting(false, false))
                        .awaitFailure()
                        .failureClass())
                .isEqualTo(FailureClass.TRANSPORT);
    }

    @Test
    void a_proxy_stands_between() throws Exception {
        HttpServer server = server(tls());
        List<String> asked = Collections.synchronizedList(new ArrayList<>());
        NetServer proxy = vertx.createNetServer()
                .connectHandler(client -> client.handler(head -> connect(client, head, asked)))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        ConnectionSettings through = new ConnectionSettings(
                false,
                new Proxy(ProxyKind.HTTP, "127.0.0.1", proxy.actualPort(), "ada", new Secret("lovelace")),
                folder.resolve("server.crt"),
                null,
                null);

        assertThat(answer(call("https", server.actualPort(), through))).isEqualTo("hi");
        String credential = Base64.getEncoder().encodeToString("ada:lovelace".getBytes(StandardCharsets.UTF_8));
        assertThat(asked.getFirst())
                .startsWith("CONNECT 127.0.0.1:" + server.actualPort())
                .containsIgnoringCase("proxy-authorization: Basic " + credential);
        assertThat(through.toString()).doesNotContain("lovelace");
    }

    private static void connect(NetSocket client, Buffer head, List<String> asked) {
        String request = head.toString();
        asked.add(request);
        String[] authority = request.split(" ")[1].split(":");
        client.pause();
        vertx.createNetClient()
                .connect(Integer.parseInt(authority[1]), authority[0])
                .onSuccess(upstream -> {
                    client.handler(upstream::write);
                    upstream.handler(client::write);
                    upstream.closeHandler(nothing -> client.close());
                    client.write("HTTP/1.1 200 Connection established\r\n\r\n");
                    client.resume();
                });
    }

    @Test
    void half_of_a_key_pair_is_refused() {
        assertThatThrownBy(() -> new ConnectionSettings(false, null, null, Path.of("a.crt"), null))
                .hasMessageContaining("a certificate needs its key");
    }
}
