package dev.tierway.application.plugin.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.Embedding;
import dev.tierway.application.chat.EmbeddingRequest;
import dev.tierway.application.chat.EmbeddingResponse;
import dev.tierway.application.chat.FinishReason;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.Sampling;
import dev.tierway.application.chat.ToolDefinition;
import dev.tierway.application.fixture.RecordingSink;
import dev.tierway.application.fixture.TestApplication;
import dev.tierway.application.plugin.AttachedPlugin;
import dev.tierway.application.plugin.OnError;
import dev.tierway.application.plugin.PluginCall;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.out.CachedAnswer;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.application.port.out.ResponseCache;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.PluginStage;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.money.TokenUsage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResponseCachingTest {
    private static final ResponseCaching.Rules RULES =
            new ResponseCaching.Rules(Duration.ofMinutes(1), 100_000, false, false);

    private final TestApplication app = TestApplication.with(Fleet.of("a/m"));
    private final Kept kept = new Kept();

    /** Keeps answers, by way of their plain form. */
    private static final class Kept implements ResponseCache {
        private final Map<String, Map<String, ?>> answers = new LinkedHashMap<>();
        private boolean broken;

        @Override
        public CompletionStage<Optional<CachedAnswer>> find(String key) {
            return broken
                    ? CompletableFuture.failedFuture(new IllegalStateException("down"))
                    : CompletableFuture.completedFuture(
                            Optional.ofNullable(answers.get(key)).map(CachedAnswers::of));
        }

        @Override
        public CompletionStage<@Nullable Void> keep(String key, CachedAnswer answer, Duration lasting) {
            answers.put(key, CachedAnswers.plain(answer));
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() {}
    }

    /** On the loop, so that the test's clock needn't wait for threads. */
    private void attach(ResponseCaching.Rules rules) {
        ResponseCaching caching = new ResponseCaching(kept, rules);
        app.plugins.attach(new AttachedPlugin(
                "cache", new OnLoop(caching), caching.stages(), OnError.CONTINUE, AttachedPlugin.PATIENCE));
    }

    private static ChatRequest certain(String text) {
        return ChatRequest.builder()
                .user(text)
                .sampling(new Sampling(0.0, null, null, null, null, null, List.of()))
                .build();
    }

    private RecordingSink call(PluginCall asked) {
        RecordingSink sink = new RecordingSink();
        app.start(asked.command(), sink).request(1000);
        app.executor.turn();
        return sink;
    }

    private RecordingSink call(String text, boolean stream, @Nullable String key) {
        return call(PluginCalls.of(certain(text), stream, key, Map.of()));
    }

    private static String text(RecordingSink sink) {
        return ((ReplyEvent.Whole) sink.events().getFirst()).response().text();
    }

    @Test
    void the_same_request_twice_is_asked_once() {
        attach(RULES);
        RecordingSink first = call("hello", false, "k");
        app.transport.last().answers("hi");
        RecordingSink second = call("hello", false, "k");

        assertThat(app.transport.attempts()).hasSize(1);
        assertThat(text(second)).isEqualTo("hi");
        assertThat(second.events()).isEqualTo(first.events());
        assertThat(first.begun().cached()).isFalse();
        assertThat(second.begun().cached()).isTrue();
        assertThat(second.result()).isInstanceOfSatisfying(CallResult.Answered.class, answered -> {
            assertThat(answered.cached()).isTrue();
            assertThat(answered.cost().value()).isZero();
        });
    }

    @Test
    void a_stream_is_given_again_event_by_event() {
        attach(RULES);
        RecordingSink first = call("hello", true, null);
        app.transport.last().sent().head().begins().says("he").says("llo");
        app.transport
                .last()
                .event(new ReplyEvent.Piece(new ChatEvent.Finished(0, FinishReason.STOP)))
                .ends();
        RecordingSink second = call("hello", true, null);

        assertThat(app.transport.attempts()).hasSize(1);
        assertThat(second.events()).isEqualTo(first.events());
        assertThat(second.text()).isEqualTo("hello");
        // A unary answer is another thing.
        call("hello", false, null);
        assertThat(app.transport.attempts()).hasSize(2);
    }

    @Test
    void tenants_share_nothing() {
        attach(RULES);
        call("hello", false, "one");
        app.transport.last().answers("for one");
        RecordingSink other = call("hello", false, "two");
        app.transport.last().answers("for two");
        call("hello", false, null);

        assertThat(text(other)).isEqualTo("for two");
        assertThat(app.transport.attempts()).hasSize(3);
    }

    @Test
    void every_difference_of_a_request_counts_but_the_callers_own_names_do_not() {
        PluginCall base = PluginCalls.of(certain("a"));
        CallOptions named = CallOptions.builder()
                .session("s")
                .agent("x")
                .tags(Map.of("t", "1"))
                .build();
        CallOptions local = CallOptions.builder().exclude(List.of("a/m")).build();

        assertThat(CacheKey.of(PluginCalls.of(certain("a"), false, null, Map.of(), "tier:mid", named)))
                .isEqualTo(CacheKey.of(base));
        assertThat(List.of(
                        CacheKey.of(base),
                        CacheKey.of(PluginCalls.of(certain("b"))),
                        CacheKey.of(PluginCalls.of(certain("a"), true, null, Map.of())),
                        CacheKey.of(PluginCalls.of(certain("a"), false, "k", Map.of())),
                        CacheKey.of(PluginCalls.of(certain("a"), false, null, Map.of(), "m", CallOptions.NONE)),
                        CacheKey.of(PluginCalls.of(certain("a"), false, null, Map.of(), "tier:mid", local)),
                        CacheKey.of(PluginCalls.of(ChatRequest.of("a"))),
                        CacheKey.of(PluginCalls.of(ChatRequest.builder()
                                .user("a")
                                .extra("x", new JsonText("1"))
                                .build())),
                        CacheKey.of(PluginCalls.of(EmbeddingRequest.of("a"))),
                        CacheKey.of(PluginCalls.of(EmbeddingRequest.of("a", "")))))
                .doesNotHaveDuplicates();
        assertThat(CacheKey.of(base)).hasSize(64).isEqualTo(CacheKey.of(PluginCalls.of(certain("a"))));
    }

    @Test
    void answers_by_chance_and_with_tools_are_kept_only_if_told_to() {
        attach(RULES);
        ChatRequest tools = ChatRequest.builder()
                .user("x")
                .sampling(new Sampling(0.0, null, null, null, null, null, List.of()))
                .tool(new ToolDefinition("f", null, JsonText.EMPTY_OBJECT, null))
                .build();
        for (ChatRequest request : List.of(ChatRequest.of("warm"), tools)) {
            RecordingSink sink = call(PluginCalls.of(request));
            app.transport.last().answers("hi");
            assertThat(sink.begun().cached()).isNull();
        }
        assertThat(kept.answers).isEmpty();

        app.plugins.detach("cache");
        attach(new ResponseCaching.Rules(Duration.ofMinutes(1), 100_000, true, true));
        for (ChatRequest request : List.of(ChatRequest.of("warm"), tools)) {
            call(PluginCalls.of(request));
            app.transport.last().answers("hi");
        }
        assertThat(kept.answers).hasSize(2);
    }

    @Test
    void a_caller_may_want_a_fresh_answer_or_none_of_it() {
        attach(RULES);
        call("hello", false, null);
        app.transport.last().answers("old");
        RecordingSink fresh = call(PluginCalls.of(certain("hello"), false, null, Map.of("cache-control", "No-Cache")));
        app.transport.last().answers("new");
        RecordingSink none = call(PluginCalls.of(certain("hello"), false, null, Map.of("cache-control", "no-store")));
        app.transport.last().answers("other");

        assertThat(text(fresh)).isEqualTo("new");
        assertThat(none.begun().cached()).isNull();
        assertThat(text(call("hello", false, null))).isEqualTo("new");
    }

    @Test
    void what_is_not_whole_or_not_good_or_too_large_is_not_kept() {
        attach(RULES);
        call("fails", false, null);
        app.transport.last().sent().fails(FailureClass.INVALID_REQUEST);
        call("breaks", true, null);
        app.transport.last().sent().head().says("he").fails(FailureClass.UPSTREAM_FAULT);
        call("filtered", true, null);
        app.transport.last().sent().head().says("he");
        app.transport
                .last()
                .event(new ReplyEvent.Piece(new ChatEvent.Finished(0, FinishReason.CONTENT_FILTER)))
                .ends();
        call("large", false, null);
        app.transport.last().answers("x".repeat(100_000));

        assertThat(kept.answers).isEmpty();
    }

    @Test
    void frames_that_tell_of_a_filter_or_a_refusal_are_not_kept() {
        assertThat(good("{\"finish_reason\":\"content_filter\"}")).isFalse();
        assertThat(good("{\"stop_reason\":\"refusal\"}")).isFalse();
        assertThat(good("{\"finish_reason\":\"stop\",\"refusal\":null}")).isTrue();
        assertThat(good("{\"content\":\"say \\\"content_filter\\\"\"}")).isTrue();
    }

    private static boolean good(String frame) {
        return GoodAnswer.is(
                List.of(new ReplyEvent.Frame(frame.getBytes(StandardCharsets.UTF_8), ReplyEvent.Frame.Kind.SEMANTIC)));
    }

    @Test
    void a_cache_that_is_down_costs_nothing_but_the_hit() {
        attach(RULES);
        kept.broken = true;
        RecordingSink sink = call("hello", false, null);
        app.transport.last().answers("hi");

        assertThat(sink.result()).isInstanceOf(CallResult.Delivered.class);
        assertThat(sink.selection().plugins().getFirst().stage()).isEqualTo(PluginStage.BEFORE_ROUTING);
    }

    @Test
    void every_kind_of_answer_comes_back_as_it_was() {
        CachedAnswer answer = new CachedAnswer(
                List.of(
                        new ReplyEvent.Whole(new EmbeddingResponse(
                                "m", List.of(Embedding.of(1.5f, -2f)), TokenUsage.reported(1, 0))),
                        new ReplyEvent.Whole(new ChatResponse(
                                "id",
                                "m",
                                7,
                                List.of(new ChatResponse.Choice(ChatMessage.assistant("ä\n"), FinishReason.STOP)),
                                TokenUsage.reported(1, 2))),
                        new ReplyEvent.Piece(new ChatEvent.ToolCallDelta(0, 1, "id", null, "{}")),
                        new ReplyEvent.Piece(new ChatEvent.Usage(TokenUsage.reported(3, 4)))),
                TokenUsage.reported(1, 2));

        assertThat(CachedAnswers.of(CachedAnswers.plain(answer))).isEqualTo(answer);
    }
}
