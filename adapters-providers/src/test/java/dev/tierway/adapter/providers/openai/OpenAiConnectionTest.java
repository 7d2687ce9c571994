package dev.tierway.adapter.providers.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.providers.Attempts;
import dev.tierway.adapter.providers.FullBacklog;
import dev.tierway.adapter.providers.ProviderSettings;
import dev.tierway.adapter.providers.RawServer;
import dev.tierway.adapter.providers.RecordingSink;
import dev.tierway.adapter.providers.Secret;
import dev.tierway.application.port.out.AttemptHandle;
import dev.tierway.application.port.out.AttemptRequest;
import dev.tierway.application.port.out.ProviderTransport;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.failure.Processed;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.JksOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens on the wire itself, against sockets that do as they please. */
class OpenAiConnectionTest {
    private static Vertx vertx;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void a_connection_that_does_not_come_about_in_time_is_a_timeout_of_the_whole_provider() throws Exception {
        try (FullBacklog backlog = new FullBacklog()) {
            Failure failure = run(backlog.url(), false, 150).awaitFailure();
            assertThat(failure.failureClass()).isEqualTo(FailureClass.TIMEOUT);
            assertThat(failure.processed()).isEqualTo(Processed.NO);
            assertThat(failure.scope()).isEqualTo(Failure.Scope.PROVIDER);
            assertThat(failure.usage()).isNull();
        }
    }

    @Test
    void cancelling_while_connecting_sends_nothing() throws Exception {
        try (FullBacklog backlog = new FullBacklog();
                ProviderTransport transport = transport(backlog.url())) {
            RecordingSink sink = new RecordingSink();
            AttemptHandle handle = transport.open(Attempts.stream(Attempts.wire(true)), sink);
            handle.cancel();
            Failure failure = sink.awaitFailure();
            assertThat(failure.failureClass()).isEqualTo(FailureClass.CANCELLED);
            assertThat(failure.processed()).isEqualTo(Processed.NO);
            assertThat(failure.usage()).isNull();
        }
    }

    @Test
    void a_handshake_that_stalls_counts_as_connecting() throws Exception {
        try (RawServer server = new RawServer(vertx, socket -> {})) {
            Failure failure = run(server.url("https"), false, 150).awaitFailure();
            assertThat(failure.failureClass()).isEqualTo(FailureClass.TIMEOUT);
            assertThat(failure.processed()).isEqualTo(Processed.NO);
        }
    }

    @Test
    void a_server_that_speaks_no_tls_is_a_transport_failure() throws Exception {
        try (RawServer server = new RawServer(vertx, RawServer.answering("HTTP/1.1 400 -\r\n\r\n"))) {
            expectUnreachable(run(server.url("https"), false, 60_000).awaitFailure(), "TLS");
        }
    }

    @Test
    void a_certificate_nobody_vouches_for_is_a_transport_failure(@TempDir Path folder) throws Exception {
        Path store = folder.resolve("self-signed.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "x",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        NetServerOptions tls = new NetServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new JksOptions().setPath(store.toString()).setPassword("changeit"));
        try (RawServer server = new RawServer(vertx, tls, socket -> {})) {
            expectUnreachable(run(server.url("https"), false, 60_000).awaitFailure(), "certificate");
        }
    }

    @Test
    void cancelling_an_upload_closes_its_connection_although_bytes_are_waiting() throws Exception {
        CompletableFuture<NetSocket> accepted = new CompletableFuture<>();
        try (RawServer server = new RawServer(vertx, socket -> {
                    socket.pause();
                    accepted.complete(socket);
                });
                ProviderTransport transport = transport(server.url("http"))) {
            RecordingSink sink = new RecordingSink();
            AttemptHandle handle = transport.open(Attempts.unary(Attempts.neutral("x".repeat(30_000_000))), sink);
            sink.awaitSent();
            NetSocket socket = accepted.get(30, TimeUnit.SECONDS);
            handle.cancel();
            sink.awaitFailure();
            // Read what is in the socket's buffers: then comes the close, and never the rest of the body.
            CompletableFuture<Integer> received = new CompletableFuture<>();
            int[] count = {0};
            socket.closeHandler(nothing -> received.complete(count[0]));
            socket.handler(bytes -> count[0] += bytes.length());
            socket.resume();
            assertThat(received.get(30, TimeUnit.SECONDS)).isLessThan(30_000_000);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GARBAGE\r\n\r\n",
                "HTTP/1.1 abc -\r\n\r\n",
                "HTTP/9.9 200 OK\r\ncontent-length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\n",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ncontent-type: application/json\r\n\r\nzz\r\n",
                "HTTP/1.1 204 -\r\n\r\n",
                "HTTP/1.1 200 -\r\ncontent-type: application/json\r\ncontent-length: 0\r\n\r\n",
            })
    void what_is_no_answer_in_http_is_the_vendors_fault(String reply) throws Exception {
        try (RawServer server = new RawServer(vertx, RawServer.answering(reply))) {
            Failure failure = run(server.url("http"), false, 60_000).awaitFailure();
            assertThat(failure.failureClass()).isEqualTo(FailureClass.UPSTREAM_FAULT);
        }
    }

    @Test
    void a_refusal_whose_body_breaks_off_is_still_that_refusal() throws Exception {
        try (RawServer server = new RawServer(
                vertx,
                socket -> socket.handler(request -> {
                    socket.write(
                            Buffer.buffer("HTTP/1.1 429 -\r\nretry-after: 3\r\ncontent-length: 500\r\n\r\n{\"err"));
                    socket.end();
                }))) {
            Failure failure = run(server.url("http"), false, 60_000).awaitFailure();
            assertThat(failure.failureClass()).isEqualTo(FailureClass.RATE_LIMITED);
            assertThat(failure.retryAfterMillis()).isEqualTo(3000);
        }
    }

    @Test
    void a_refusal_whose_body_never_ends_is_heard_in_time() throws Exception {
        String head = "HTTP/1.1 500 -\r\ncontent-length: 500\r\n\r\n{\"err";
        try (RawServer server = new RawServer(vertx, RawServer.answering(head));
                ProviderTransport transport = transport(server.url("http"))) {
            RecordingSink sink = new RecordingSink();
            transport.open(
                    Attempts.of(Attempts.wire(false), false, Attempts.clocks(60_000, 60_000, 60_000, 150)), sink);
            assertThat(sink.awaitFailure().failureClass()).isEqualTo(FailureClass.UPSTREAM_FAULT);
            assertThat(sink.awaitFailure().upstreamStatus()).isEqualTo(500);
        }
    }

    @Test
    void a_refusal_with_an_endless_body_is_read_no_further_than_needed() throws Exception {
        try (RawServer server = new RawServer(
                vertx,
                socket -> socket.handler(request -> {
                    socket.write(Buffer.buffer("HTTP/1.1 503 -\r\ncontent-length: 99999999\r\n\r\n"));
                    socket.write(Buffer.buffer("x".repeat(200_000)));
                }))) {
            assertThat(run(server.url("http"), true, 60_000).awaitFailure().failureClass())
                    .isEqualTo(FailureClass.OVERLOADED);
            server.awaitClosed();
        }
    }

    @Test
    void a_body_without_a_length_ends_with_the_connection() throws Exception {
        String body = "{\"choices\":[{\"message\":{\"content\":\"x\"}}]}";
        try (RawServer server = new RawServer(
                vertx,
                socket -> socket.handler(request -> {
                    socket.write(Buffer.buffer("HTTP/1.0 200 OK\r\n\r\n" + body));
                    socket.end();
                }))) {
            RecordingSink sink = run(server.url("http"), false, 60_000);
            sink.awaitEnd();
            assertThat(sink.frames()).isEqualTo(body);
        }
    }

    @Test
    void a_connection_that_stays_open_after_the_done_marker_holds_nobody_up() throws Exception {
        String stream = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n"
                + "data: {\"choices\":[{\"delta\":{\"content\":\"x\"}}]}\n\ndata: [DONE]\n\n";
        try (RawServer server = new RawServer(vertx, RawServer.answering(stream))) {
            run(server.url("http"), true, 60_000).awaitEnd();
            server.awaitClosed();
        }
    }

    @Test
    void our_key_is_taken_out_of_the_vendors_words() throws Exception {
        String body = "{\"error\":{\"message\":\"no such key: canary-7f3a9-secret\"}}";
        String reply = "HTTP/1.1 401 -\r\ncontent-length: " + body.length() + "\r\n\r\n" + body;
        try (RawServer server = new RawServer(vertx, RawServer.answering(reply))) {
            Failure failure = run(server.url("http"), false, 60_000).awaitFailure();
            assertThat(failure.failureClass()).isEqualTo(FailureClass.CREDENTIAL);
            assertThat(failure.message()).isEqualTo("no such key: [redacted]");
        }
    }

    private static void expectUnreachable(Failure failure, String word) {
        assertThat(failure.failureClass()).isEqualTo(FailureClass.TRANSPORT);
        assertThat(failure.processed()).isEqualTo(Processed.NO);
        assertThat(failure.scope()).isEqualTo(Failure.Scope.PROVIDER);
        assertThat(failure.message()).contains(word);
    }

    private static RecordingSink run(URI url, boolean stream, long connectMillis) {
        RecordingSink sink = new RecordingSink();
        AttemptRequest attempt =
                Attempts.of(Attempts.wire(stream), stream, Attempts.clocks(connectMillis, 60_000, 60_000, 60_000));
        transport(url).open(attempt, sink).request(Long.MAX_VALUE);
        return sink;
    }

    private static ProviderTransport transport(URI url) {
        return new OpenAiTransportFactory(vertx)
                .create(ProviderSettings.of(
                        Attempts.PROVIDER,
                        OpenAiTransportFactory.OPENAI_COMPATIBLE,
                        url,
                        new Secret("canary-7f3a9-secret")));
    }
}
