package dev.tierway.adapter.http;

import static dev.tierway.adapter.http.TestGateway.BODY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.http.server.HttpLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that break HTTP, or use up what others need. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileClientTest {
    private static final String CHAT =
            "POST /v1/chat/completions HTTP/1.1\r\nhost: g\r\ncontent-type: application/json\r\n";

    private final TestGateway gateway = new TestGateway(new HttpLimits(
            10_000,
            4096,
            1024,
            1000,
            Duration.ofSeconds(1),
            Duration.ofMillis(1500),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10)));

    @AfterAll
    void close() {
        gateway.close();
    }

    @AfterEach
    void nothing_was_called_and_the_server_is_well() {
        assertThat(gateway.calls.noneArrived()).isTrue();
        assertThat(gateway.get("/livez").statusCode()).isEqualTo(200);
    }

    /** The whole answer of a server that then closes. */
    private String answerTo(String request) throws IOException {
        try (RawClient client = gateway.raw()) {
            return client.write(request).readAll();
        }
    }

    @Test
    void a_length_beside_chunks_is_refused_so_nothing_can_be_smuggled() throws Exception {
        String smuggled = CHAT + "content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n"
                + "GET /v1/models HTTP/1.1\r\nhost: g\r\n\r\n";
        String answer = answerTo(smuggled);
        assertThat(answer)
                .startsWith("HTTP/1.1 400 ")
                .contains("\"code\":\"invalid_request\"")
                .doesNotContain("\"list\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "transfer-encoding: xchunked\r\n",
                "transfer-encoding: identity\r\n",
                "transfer-encoding: chunked, identity\r\n",
                "transfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n",
                "transfer-encoding : chunked\r\n",
                "transfer-encoding:\u000bchunked\r\n",
                "content-length: +4\r\n",
                "content-length: 0x4\r\n",
                "content-length: 4, 4\r\n",
                "content-length: -1\r\n"
            })
    void a_body_whose_end_is_unclear_is_refused_with_all_that_follows(String header) throws Exception {
        assertThat(answerTo(CHAT + header + "\r\n0\r\n\r\nGET /v1/models HTTP/1.1\r\nhost: g\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .doesNotContain("\"list\"");
    }

    @Test
    void two_lengths_are_refused() throws Exception {
        assertThat(answerTo(CHAT + "content-length: 5\r\ncontent-length: 6\r\n\r\nhello!"))
                .startsWith("HTTP/1.1 400 ");
    }

    @Test
    void a_line_break_in_a_header_is_refused() throws Exception {
        assertThat(answerTo("GET /livez HTTP/1.1\r\nhost: g\r\nx-request-id: a\rset-cookie: b\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ");
        assertThat(answerTo("GET /livez HTTP/1.1\r\nhost : g\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(answerTo("GET /livez HTTP/1.1\r\nhost: g\r\nx-a: b\r\n folded: c\r\nconnection: close\r\n\r\n"))
                .doesNotContain("folded");
    }

    @Test
    void a_request_without_a_host_is_refused() throws Exception {
        assertThat(answerTo("GET /livez HTTP/1.1\r\nconnection: close\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void a_request_line_that_is_too_long_is_414() throws Exception {
        assertThat(answerTo("GET /" + "a".repeat(2000) + " HTTP/1.1\r\nhost: g\r\n\r\n"))
                .contains(" 414 Request-URI Too Long")
                .contains("\"code\":\"uri_too_long\"");
    }

    @Test
    void headers_that_are_too_large_are_431() throws Exception {
        assertThat(answerTo("GET /livez HTTP/1.1\r\nhost: g\r\nx-a: " + "a".repeat(5000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ")
                .contains("\"code\":\"headers_too_large\"");
    }

    @Test
    void a_body_that_says_it_is_too_large_is_413_before_it_comes() throws Exception {
        try (RawClient client = gateway.raw()) {
            client.write(CHAT + "content-length: 10001\r\n\r\n");
            String answer = client.readAll();
            assertThat(answer)
                    .startsWith("HTTP/1.1 413 ")
                    .contains("connection: close")
                    .contains("request_too_large");
        }
    }

    @Test
    void a_length_that_overflows_is_refused() throws Exception {
        assertThat(answerTo(CHAT + "content-length: 99999999999999999999\r\n\r\n"))
                .startsWith("HTTP/1.1 4");
    }

    @Test
    void a_body_that_becomes_too_large_in_chunks_is_413_and_still_read_until_the_answer_arrived() throws Exception {
        StringBuilder request = new StringBuilder(CHAT + "transfer-encoding: chunked\r\n\r\n");
        for (int i = 0; i < 40; i++) {
            request.append("3e8\r\n").append("x".repeat(1000)).append("\r\n");
        }
        assertThat(answerTo(request.append("0\r\n\r\n").toString())).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void an_upload_that_stops_is_408() throws Exception {
        assertThat(answerTo(CHAT + "content-length: 500\r\n\r\n{")).startsWith("HTTP/1.1 408 ");
    }

    @Test
    void an_expectation_is_answered_before_the_body_comes() throws Exception {
        gateway.calls.answer(call -> call.begin().body("{}").deliver());
        try (RawClient client = gateway.raw()) {
            client.write(CHAT + "expect: 100-continue\r\ncontent-length: " + BODY.length() + "\r\n\r\n");
            assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 100 ");
            client.write(BODY);
            assertThat(client.readUntil("{}")).startsWith("HTTP/1.1 200 ");
        }
        gateway.calls.next();
        gateway.calls.reset();
        assertThat(answerTo(CHAT + "expect: miracles\r\ncontent-length: 5\r\n\r\n"))
                .startsWith("HTTP/1.1 417 ");
    }

    @Test
    void a_head_that_never_ends_is_cut_off() throws Exception {
        try (RawClient client = gateway.raw().write("GET /livez HTTP/1.1\r\nhost: ")) {
            assertThat(client.readAll()).isEmpty();
        }
    }

    @Test
    void a_connection_that_says_nothing_is_closed() throws Exception {
        try (RawClient client = gateway.raw()) {
            assertThat(client.readAll()).isEmpty();
        }
        try (RawClient client = gateway.raw().write("GE")) {
            assertThat(client.readAll()).isEmpty();
        }
    }

    @Test
    void a_connection_that_falls_silent_after_a_request_is_closed() throws Exception {
        try (RawClient client = gateway.raw().write("GET /livez HTTP/1.1\r\nhost: g\r\n\r\n")) {
            assertThat(client.readAll()).endsWith("{\"status\":\"live\"}");
        }
    }

    @Test
    void more_connections_than_allowed_are_closed_and_the_others_served() throws Exception {
        HttpLimits few = new HttpLimits(
                10_000,
                4096,
                1024,
                8,
                HttpLimits.DEFAULTS.bodyTimeout(),
                HttpLimits.DEFAULTS.idleTimeout(),
                HttpLimits.DEFAULTS.keepAlive(),
                HttpLimits.DEFAULTS.stalled());
        try (TestGateway crowded = new TestGateway(few)) {
            List<RawClient> served = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                RawClient client = crowded.raw();
                if (isServed(client)) {
                    served.add(client);
                }
            }
            assertThat(served).hasSize(8);
            served.getFirst().close();
            // Until the server has noticed that one left, it may still refuse.
            long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            boolean again = false;
            while (!again && System.nanoTime() < deadline) {
                again = isServed(crowded.raw());
            }
            assertThat(again).isTrue();
        }
    }

    private static boolean isServed(RawClient client) {
        try {
            client.write("GET /livez HTTP/1.1\r\nhost: g\r\n\r\n").readUntil("live\"}");
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    @Test
    void pipelined_requests_are_answered_in_order() throws Exception {
        try (RawClient client = gateway.raw()) {
            client.write("GET /livez HTTP/1.1\r\nhost: g\r\n\r\nGET /v1/models HTTP/1.1\r\nhost: g\r\n\r\n");
            assertThat(client.readUntil("live\"}")).contains("200 OK");
            assertThat(client.readUntil("\"list\"")).contains("200 OK");
        }
    }

    @Test
    void chunks_that_are_none_end_the_connection() throws Exception {
        assertThat(answerTo(CHAT + "transfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n"))
                .isEmpty();
    }

    @Test
    void an_old_client_is_served_without_chunks() throws Exception {
        String head = "POST /v1/chat/completions HTTP/1.0\r\ncontent-type: application/json\r\ncontent-length: ";
        gateway.calls.answer(call -> call.begin().text("one").deliver());
        String answer = answerTo(head + TestGateway.STREAM_BODY.length() + "\r\n\r\n" + TestGateway.STREAM_BODY);
        assertThat(answer).contains("200 OK").doesNotContain("chunked").endsWith("}\n\ndata: [DONE]\n\n");
        gateway.calls.next();
    }
}
