package dev.tierway.adapter.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.providers.simulated.ScriptedFault;
import dev.tierway.adapter.providers.simulated.SimulatedFault;
import dev.tierway.adapter.providers.simulated.SimulatedLimits;
import dev.tierway.adapter.providers.simulated.SimulatedScript;
import dev.tierway.adapter.providers.simulated.Stage;
import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.FinishReason;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.ResponseFormat;
import dev.tierway.application.chat.ToolChoice;
import dev.tierway.application.chat.ToolDefinition;
import dev.tierway.application.port.out.AttemptHandle;
import dev.tierway.application.port.out.AttemptRequest;
import dev.tierway.application.port.out.Payload;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.failure.Processed;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.money.TokenUsage.Counted;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Limit;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every transport does, whatever it speaks to. */
public abstract class ProviderTransportContract extends TransportBench {
    private static final SimulatedScript SLOW = SimulatedScript.HEALTHY
            .latency(Duration.ofMillis(20), Duration.ofMillis(20))
            .outputTokens(10_000);

    @Test
    void a_neutral_request_gets_a_whole_reply() {
        RecordingSink sink = run(Attempts.unary(Attempts.neutral("hello")));
        assertThat(sink.awaitEnd().how()).isEqualTo(Counted.REPORTED);
        assertThat(sink.whole().text()).contains("You said: hello");
        assertThat(sink.whole().choices().getFirst().finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(sink.whole().usage()).isEqualTo(sink.awaitEnd());
        assertThat(sink.awaitHead().status()).isEqualTo(200);
    }

    @Test
    void a_neutral_stream_comes_in_pieces_and_ends_with_its_usage() {
        RecordingSink sink = run(Attempts.stream(Attempts.neutral("hello")));
        assertThat(sink.awaitEnd().output()).isEqualTo(24);
        assertThat(sink.text()).contains("You said: hello");
        assertThat(sink.pieces().getFirst()).isInstanceOf(ChatEvent.Begin.class);
        assertThat(sink.pieces())
                .contains(new ChatEvent.Finished(0, FinishReason.STOP), new ChatEvent.Usage(sink.awaitEnd()));
    }

    @ParameterizedTest
    @EnumSource(names = "HOSTILE", mode = EnumSource.Mode.EXCLUDE)
    void what_a_head_says_of_the_vendors_limits_is_told_before_the_head(SimulatedLimits.Style style) {
        limited(style, Limit.per(Dimension.REQUESTS, 5, Duration.ofDays(1)));
        RecordingSink first = run(Attempts.unary(Attempts.neutral("hello")));
        first.awaitEnd();
        assertThat(first.limits()).singleElement().satisfies(limit -> {
            assertThat(limit.dimension()).isEqualTo(Dimension.REQUESTS);
            assertThat(limit.remaining()).isEqualTo(4);
        });
        RecordingSink second = run(Attempts.stream(Attempts.neutral("hello")));
        second.awaitEnd();
        assertThat(second.limits())
                .singleElement()
                .satisfies(limit -> assertThat(limit.remaining()).isEqualTo(3));
    }

    @ParameterizedTest
    @EnumSource(names = "HOSTILE", mode = EnumSource.Mode.EXCLUDE)
    void a_refusal_tells_of_limits_too(SimulatedLimits.Style style) {
        limited(style, Limit.per(Dimension.REQUESTS, 1, Duration.ofDays(1)));
        run(Attempts.unary(Attempts.neutral("hello"))).awaitEnd();
        RecordingSink refused = run(Attempts.unary(Attempts.neutral("hello")));
        Failure failure = refused.awaitFailure();
        assertThat(failure.failureClass()).isEqualTo(FailureClass.RATE_LIMITED);
        assertThat(failure.retryAfterMillis()).isPositive();
        assertThat(refused.limits())
                .singleElement()
                .satisfies(limit -> assertThat(limit.remaining()).isZero());
    }

    @Test
    void tokens_are_limited_by_what_a_request_really_takes() {
        limited(SimulatedLimits.Style.OPENAI, Limit.per(Dimension.TOKENS, 1000, Duration.ofDays(1)));
        RecordingSink sink = run(Attempts.unary(Attempts.neutral("hello")));
        TokenUsage used = sink.awaitEnd();
        assertThat(sink.limits()).singleElement().satisfies(limit -> {
            assertThat(limit.limit()).isEqualTo(1000);
            assertThat(limit.remaining()).isEqualTo(1000 - used.input() - used.output());
            assertThat(limit.resetAfterNanos()).isPositive();
        });
    }

    @Test
    void a_vendor_that_lies_of_its_limits_is_answered_all_the_same() {
        limited(SimulatedLimits.Style.HOSTILE, Limit.per(Dimension.REQUESTS, 1000, Duration.ofDays(1)));
        for (int lie = 0; lie < 14; lie++) {
            RecordingSink sink = run(Attempts.unary(Attempts.neutral("hello")));
            sink.awaitEnd();
            assertThat(sink.limits()).isEmpty();
        }
    }

    @Test
    void a_vendor_without_limits_tells_of_none() {
        RecordingSink sink = run(Attempts.unary(Attempts.neutral("hello")));
        sink.awaitEnd();
        assertThat(sink.limits()).isEmpty();
    }

    private void limited(SimulatedLimits.Style style, Limit limit) {
        scripts.standard(SimulatedScript.HEALTHY.limits(new SimulatedLimits(style, List.of(limit))));
    }

    @Test
    void the_sink_is_never_called_from_within_open() throws Exception {
        CompletableFuture<Boolean> early = new CompletableFuture<>();
        RecordingSink sink = new RecordingSink();
        vertx.runOnContext(nothing -> {
            AttemptHandle handle = transport.open(Attempts.stream(Attempts.neutral("hello")), sink);
            early.complete(sink.hasEnded() || !sink.events().isEmpty());
            handle.request(Long.MAX_VALUE);
        });
        assertThat(early.get(30, TimeUnit.SECONDS)).isFalse();
        sink.awaitEnd();
    }

    @Test
    void a_stream_gives_no_more_than_was_asked_for() {
        RecordingSink sink = new RecordingSink();
        AttemptHandle handle = transport.open(Attempts.stream(Attempts.neutral("hello")), sink);
        handle.request(3);
        sink.awaitEvents(3);
        run(Attempts.stream(Attempts.neutral("hello"))).awaitEnd();
        assertThat(sink.events()).hasSize(3);
        handle.request(2);
        sink.awaitEvents(5);
        run(Attempts.stream(Attempts.neutral("hello"))).awaitEnd();
        assertThat(sink.events()).hasSize(5);
        assertThat(sink.hasEnded()).isFalse();
        handle.request(Long.MAX_VALUE);
        assertThat(sink.awaitEnd().output()).isEqualTo(24);
        assertThat(sink.text()).contains("You said: hello");
    }

    @Test
    void a_unary_reply_comes_unasked() {
        RecordingSink sink = new RecordingSink();
        transport.open(Attempts.unary(Attempts.neutral("hello")), sink);
        sink.awaitEnd();
        assertThat(sink.events()).hasSize(1);
    }

    @Test
    void a_demanded_tool_is_called() {
        Payload payload = new Payload.Neutral(ChatRequest.builder()
                .user("weather in Bern?")
                .tool(new ToolDefinition("other", null, null, null))
                .tool(new ToolDefinition(
                        "weather",
                        null,
                        new JsonText("{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}"),
                        null))
                .toolChoice(new ToolChoice.Tool("weather"))
                .build());
        RecordingSink unary = run(Attempts.unary(payload));
        unary.awaitEnd();
        assertThat(unary.whole().toolCalls()).singleElement().satisfies(call -> {
            assertThat(call.name()).isEqualTo("weather");
            assertThat(call.arguments().json()).isEqualTo("{\"city\":\"weather in Bern?\"}");
        });
        RecordingSink stream = run(Attempts.stream(payload));
        stream.awaitEnd();
        StringBuilder arguments = new StringBuilder();
        stream.pieces().forEach(piece -> {
            if (piece instanceof ChatEvent.ToolCallDelta delta) {
                arguments.append(delta.arguments());
            }
        });
        assertThat(arguments).hasToString("{\"city\":\"weather in Bern?\"}");
        assertThat(stream.pieces()).contains(new ChatEvent.Finished(0, FinishReason.TOOL_CALLS));
    }

    @Test
    void demanded_json_is_json_of_the_schema() {
        Payload payload = new Payload.Neutral(ChatRequest.builder()
                .user("x")
                .responseFormat(new ResponseFormat.JsonSchema(
                        "a", new JsonText("{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}}}"), true))
                .build());
        RecordingSink sink = run(Attempts.unary(payload));
        sink.awaitEnd();
        assertThat(sink.whole().text()).isEqualTo("{\"n\":1}");
    }

    @Test
    void a_cap_on_tokens_is_kept_and_told() {
        Payload payload = new Payload.Neutral(
                ChatRequest.builder().user("x").maxOutputTokens(3L).build());
        RecordingSink sink = run(Attempts.unary(payload));
        assertThat(sink.awaitEnd().output()).isEqualTo(3);
        assertThat(sink.whole().choices().getFirst().finishReason()).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void the_idle_clock_rests_while_the_caller_takes_nothing() {
        AttemptRequest attempt = Attempts.of(Attempts.neutral("x"), true, Attempts.clocks(60_000, 60_000, 500, 60_000));
        RecordingSink resting = new RecordingSink();
        AttemptHandle handle = transport.open(attempt, resting);
        handle.request(4);
        resting.awaitFirstToken();
        // Another attempt's idle timeout shows that the time has passed.
        scripts.standard(SimulatedScript.HEALTHY.fault(
                ScriptedFault.of(SimulatedFault.STALL).at(Stage.MID_STREAM)));
        assertThat(run(attempt).awaitFailure().failureClass()).isEqualTo(FailureClass.TIMEOUT);
        assertThat(resting.hasEnded()).isFalse();
        handle.request(Long.MAX_VALUE);
        assertThat(resting.awaitEnd().output()).isEqualTo(24);
    }

    @Test
    void a_flowing_stream_outlives_its_first_token_clock() {
        scripts.standard(SimulatedScript.HEALTHY.latency(Duration.ofMillis(1), Duration.ofMillis(60)));
        RecordingSink sink = run(Attempts.of(Attempts.neutral("x"), true, Attempts.clocks(60_000, 1000, 1000, 60_000)));
        assertThat(sink.awaitEnd().output()).isEqualTo(24);
    }

    @Test
    void a_cancelled_stream_ends_once_with_what_was_seen() {
        scripts.standard(SLOW);
        RecordingSink sink = new RecordingSink();
        AttemptHandle handle = transport.open(Attempts.stream(Attempts.neutral("x")), sink);
        handle.request(Long.MAX_VALUE);
        sink.awaitFirstToken();
        handle.cancel();
        handle.cancel();
        Failure failure = sink.awaitFailure();
        assertThat(failure.failureClass()).isEqualTo(FailureClass.CANCELLED);
        assertThat(failure.usage().input()).isIn(Attempts.INPUT_ESTIMATE, inputOfBroken());
        assertThat(failure.usage().output()).isPositive();
    }

    @Test
    void a_call_that_is_cancelled_before_it_was_sent_used_nothing() {
        RecordingSink sink = new RecordingSink();
        AttemptHandle handle = transport.open(Attempts.stream(Attempts.neutral("x")), sink);
        handle.cancel();
        Failure failure = sink.awaitFailure();
        assertThat(failure.failureClass()).isEqualTo(FailureClass.CANCELLED);
        assertThat(sink.events()).isEmpty();
    }

    @Test
    void cancelling_what_is_over_changes_nothing() {
        RecordingSink sink = new RecordingSink();
        AttemptHandle handle = transport.open(Attempts.unary(Attempts.neutral("x")), sink);
        sink.awaitEnd();
        handle.cancel();
        handle.request(1);
        run(Attempts.unary(Attempts.neutral("x"))).awaitEnd();
        assertThat(sink.breaches()).isEmpty();
    }

    @Test
    void an_endless_stream_ends_when_it_is_cancelled() {
        scripts.standard(SimulatedScript.HEALTHY.fault(ScriptedFault.of(SimulatedFault.ENDLESS)));
        RecordingSink sink = new RecordingSink();
        AttemptHandle handle = transport.open(Attempts.stream(Attempts.neutral("x")), sink);
        handle.request(Long.MAX_VALUE);
        sink.awaitFirstToken();
        handle.cancel();
        assertThat(sink.awaitFailure().failureClass()).isEqualTo(FailureClass.CANCELLED);
    }

    @Test
    void closing_the_transport_ends_what_is_in_flight() {
        scripts.standard(SLOW);
        RecordingSink sink = run(Attempts.stream(Attempts.neutral("x")));
        sink.awaitFirstToken();
        transport.close();
        assertThat(sink.awaitFailure().failureClass()).isEqualTo(FailureClass.INTERNAL);
    }

    @Test
    void a_closed_transport_fails_attempts_without_throwing() {
        transport.close();
        assertThat(run(Attempts.unary(Attempts.neutral("x"))).awaitFailure().processed())
                .isEqualTo(Processed.NO);
    }
}
