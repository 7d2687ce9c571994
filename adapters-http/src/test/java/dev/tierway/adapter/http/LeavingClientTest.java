package dev.tierway.adapter.http;

import static dev.tierway.adapter.http.TestGateway.BODY;
import static dev.tierway.adapter.http.TestGateway.STREAM_BODY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.port.out.ReplyEvent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeavingClientTest {
    private final TestGateway gateway = new TestGateway();

    @AfterAll
    void close() {
        gateway.close();
    }

    @BeforeEach
    void forget() {
        gateway.calls.reset();
    }

    private RawClient calling(String body) throws Exception {
        return gateway.raw().write(RawClient.post("/v1/chat/completions", "", body));
    }

    @Test
    void a_unary_call_ends_when_its_client_closes() throws Exception {
        RawClient client = calling(BODY);
        FakeCall call = gateway.calls.next();
        client.close();
        assertThat(call.awaitLeft()).isTrue();
    }

    @Test
    void a_unary_call_ends_when_its_client_is_killed() throws Exception {
        RawClient client = calling(BODY);
        FakeCall call = gateway.calls.next();
        client.reset();
        assertThat(call.awaitLeft()).isTrue();
    }

    @Test
    void a_stream_ends_when_its_client_leaves_before_the_headers() throws Exception {
        RawClient client = calling(STREAM_BODY);
        FakeCall call = gateway.calls.next();
        client.close();
        assertThat(call.awaitLeft()).isTrue();
    }

    @Test
    void a_stream_ends_when_its_client_leaves_before_the_first_token() throws Exception {
        RawClient client = calling(STREAM_BODY);
        FakeCall call = gateway.calls.next();
        call.begin().frame("data: {\"choices\":[]}\n\n", ReplyEvent.Frame.Kind.PREAMBLE);
        client.readUntil("choices");
        client.reset();
        assertThat(call.awaitLeft()).isTrue();
    }

    @Test
    void a_stream_ends_when_its_client_leaves_in_the_middle() throws Exception {
        RawClient client = calling(STREAM_BODY);
        FakeCall call = gateway.calls.next();
        call.begin().text("one");
        client.readUntil("one");
        client.close();
        assertThat(call.awaitLeft()).isTrue();
        call.text("two").heard();
    }

    @Test
    void a_client_that_leaves_while_it_uploads_makes_no_call() throws Exception {
        RawClient client = gateway.raw()
                .write("POST /v1/chat/completions HTTP/1.1\r\nhost: g\r\ncontent-type: application/json\r\n"
                        + "content-length: 1000\r\n\r\n{\"model\"");
        client.reset();
        // The server is still well, and nothing came of it.
        gateway.calls.answer(call -> call.begin().body("{}").deliver());
        assertThat(gateway.chat(BODY).statusCode()).isEqualTo(200);
        gateway.calls.next();
        assertThat(gateway.calls.noneArrived()).isTrue();
    }

    @Test
    void a_client_that_took_the_last_byte_and_closed_hasnt_left() throws Exception {
        gateway.calls.answer(call -> call.begin().body("{\"a\":1}").deliver());
        try (RawClient client = calling(BODY)) {
            client.readUntil("{\"a\":1}");
        }
        FakeCall call = gateway.calls.next();
        // The connection is gone once the server doesn't count it any more: another request proves the loop went on.
        assertThat(gateway.chat(BODY).statusCode()).isEqualTo(200);
        assertThat(call.hasLeft()).isFalse();
    }
}
