package dev.tierway.adapter.http;

import static dev.tierway.adapter.http.TestGateway.STREAM_BODY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.failure.FailureClass;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeepAliveTest {
    private final TestGateway gateway = new TestGateway(TestGateway.limits(
            Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofMillis(40), Duration.ofSeconds(10)));

    @AfterAll
    void close() {
        gateway.close();
    }

    @BeforeEach
    void forget() {
        gateway.calls.reset();
    }

    private RawClient streaming() throws Exception {
        return gateway.raw().write(RawClient.post("/v1/chat/completions", "", STREAM_BODY));
    }

    @Test
    void silence_before_the_first_token_is_filled_with_comments() throws Exception {
        try (RawClient client = streaming()) {
            FakeCall call = gateway.calls.next();
            String head = client.readUntil(": keep-alive\n\n");
            assertThat(head).contains("200 OK").contains("x-tierway-decision: " + call.callId());
            assertThat(head).doesNotContain("x-tierway-replica");
            client.readUntil(": keep-alive\n\n");
            call.begin(2, java.util.List.of("late"))
                    .text("hello")
                    .frame(
                            "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n",
                            ReplyEvent.Frame.Kind.SEMANTIC)
                    .deliver();
            String rest = client.readUntil("[DONE]");
            // What the headers couldn't say any more stands in the chunk that closes the stream.
            assertThat(rest)
                    .contains("\"finish_reason\":\"stop\"}],\"tierway\":{")
                    .contains("\"replica\":\"west/gpt-x\"")
                    .contains("\"model\":\"gpt-x\"")
                    .contains("\"warnings\":[\"late\"]");
        }
    }

    @Test
    void after_a_comment_an_error_is_an_event() throws Exception {
        try (RawClient client = streaming()) {
            FakeCall call = gateway.calls.next();
            client.readUntil(": keep-alive\n\n");
            call.end(Selections.exhausted(call.callId(), "r", Selections.failure(FailureClass.TIMEOUT, null)));
            String rest = client.readAll();
            assertThat(rest)
                    .contains("data: {\"error\":{")
                    .contains("upstream_timeout")
                    .doesNotContain("[DONE]");
        }
    }

    @Test
    void comments_come_between_tokens_too() throws Exception {
        try (RawClient client = streaming()) {
            FakeCall call = gateway.calls.next().begin().text("one");
            assertThat(client.readUntil(": keep-alive\n\n")).contains("one");
            call.text("two").deliver();
            assertThat(client.readUntil("[DONE]")).contains("two").doesNotContain("\"tierway\"");
        }
    }

    @Test
    void a_unary_call_gets_no_comments() throws Exception {
        try (RawClient client = gateway.raw()) {
            client.write(RawClient.post("/v1/chat/completions", "", TestGateway.BODY));
            FakeCall call = gateway.calls.next();
            try (RawClient other = streaming()) {
                // By the time another client has had three comments, the unary one would have had some.
                other.readUntil(": keep-alive\n\n");
                other.readUntil(": keep-alive\n\n");
                other.readUntil(": keep-alive\n\n");
            }
            call.begin().body("{}").deliver();
            assertThat(client.readUntil("{}")).startsWith("HTTP/1.1 200 OK").doesNotContain("keep-alive\n");
        }
    }
}
