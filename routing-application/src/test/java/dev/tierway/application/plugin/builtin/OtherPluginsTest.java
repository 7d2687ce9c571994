package dev.tierway.application.plugin.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.EmbeddingRequest;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.ToolCall;
import dev.tierway.application.fixture.JdkSpans;
import dev.tierway.application.plugin.PluginCall;
import dev.tierway.application.plugin.RequestVerdict;
import dev.tierway.application.plugin.UpstreamHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits, prompts, headers, the log of requests. */
class OtherPluginsTest {
    private static ChatRequest changed(RequestVerdict verdict) {
        return (ChatRequest) ((RequestVerdict.Change) verdict).request();
    }

    private static List<String> texts(ChatRequest request) {
        return request.messages().stream().map(ChatMessage::text).toList();
    }

    @Test
    void too_many_tokens_are_denied_or_capped() {
        ChatRequest dear =
                ChatRequest.builder().user("hi").maxOutputTokens(5000L).build();
        assertThat(new RequestLimits(1000L, null, false).beforeRouting(PluginCalls.of(dear)))
                .isEqualTo(RequestVerdict.deny("the request asks for 5000 tokens, allowed are 1000"));
        assertThat(changed(new RequestLimits(1000L, null, true).beforeRouting(PluginCalls.of(dear)))
                        .maxOutputTokens())
                .isEqualTo(1000L);
    }

    @Test
    void a_request_that_says_no_limit_gets_one_only_if_capped() {
        PluginCall open = PluginCalls.of(ChatRequest.of("hi"));
        assertThat(new RequestLimits(1000L, null, false).beforeRouting(open)).isEqualTo(RequestVerdict.go());
        assertThat(changed(new RequestLimits(1000L, null, true).beforeRouting(open))
                        .maxOutputTokens())
                .isEqualTo(1000L);
    }

    @Test
    void of_too_many_messages_the_oldest_go_but_no_result_without_its_call() {
        ChatRequest.Builder long_ =
                ChatRequest.builder().system("be kind").user("one").assistant("two");
        long_.message(ChatMessage.assistant(List.of(new ToolCall("c", "f", JsonText.EMPTY_OBJECT))));
        long_.message(ChatMessage.toolResult("c", "result")).user("three");
        ChatRequest request = long_.build();

        assertThat(texts(changed(new RequestLimits(null, 3, true).beforeRouting(PluginCalls.of(request)))))
                .containsExactly("be kind", "three");
        assertThat(texts(changed(new RequestLimits(null, 4, true).beforeRouting(PluginCalls.of(request)))))
                .containsExactly("be kind", "", "result", "three");
        assertThat(new RequestLimits(null, 3, false).beforeRouting(PluginCalls.of(request)))
                .isEqualTo(RequestVerdict.deny("the request has 6 messages, allowed are 3"));
        assertThat(new RequestLimits(null, 6, false).beforeRouting(PluginCalls.of(request)))
                .isEqualTo(RequestVerdict.go());
    }

    @Test
    void embeddings_have_neither() {
        assertThat(new RequestLimits(1L, 1, false).beforeRouting(PluginCalls.of(EmbeddingRequest.of("a", "b"))))
                .isEqualTo(RequestVerdict.go());
        assertThat(new PromptInjection("x", PromptInjection.How.PREPEND)
                        .beforeRouting(PluginCalls.of(EmbeddingRequest.of("a"))))
                .isEqualTo(RequestVerdict.go());
    }

    @Test
    void a_prompt_goes_before_after_or_in_place_of_the_callers_own() {
        PluginCall call =
                PluginCalls.of(ChatRequest.builder().system("theirs").user("hi").build());
        assertThat(texts(changed(new PromptInjection("ours", PromptInjection.How.PREPEND).beforeRouting(call))))
                .containsExactly("ours", "theirs", "hi");
        assertThat(texts(changed(new PromptInjection("ours", PromptInjection.How.APPEND).beforeRouting(call))))
                .containsExactly("theirs", "ours", "hi");
        assertThat(texts(changed(new PromptInjection("ours", PromptInjection.How.REPLACE).beforeRouting(call))))
                .containsExactly("ours", "hi");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "authorization",
                "x-api-key",
                "api-key",
                "host",
                "content-length",
                "connection",
                "cookie",
                "x-forwarded-for",
                "x-amz-security-token",
                "x-tierway-decision",
                "x-bad name",
                "x-a\r\nb",
                ""
            })
    void credentials_connections_and_forgeries_are_no_headers_of_a_plugin(String name) {
        assertThatThrownBy(() -> UpstreamHeaders.checked(name, "value")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_value_that_would_be_another_header_is_refused() {
        assertThatThrownBy(() -> UpstreamHeaders.checked("x-team", "a\r\nb: c"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(UpstreamHeaders.checked("X-Team", "blue")).isEqualTo("x-team");
        assertThat(new HeaderInjection(Map.of("Traceparent", "00-1")).beforeRouting(null))
                .isEqualTo(RequestVerdict.headers(Map.of("traceparent", "00-1")));
    }

    @Test
    void the_log_has_no_texts_unless_told_to_and_never_a_secret() {
        List<String> lines = new ArrayList<>();
        PluginCall call = PluginCalls.of(ChatRequest.of(
                "key sk-abcdefghijklmnopqrstuvwxyz and password: hunter22, Bearer abcdefghijklmnop.qrst ok"));
        new RequestLogger((message, facts) -> lines.add(message + facts), JdkSpans::of, false, 100).beforeRouting(call);
        new RequestLogger((message, facts) -> lines.add(message + facts), JdkSpans::of, true, 1000).beforeRouting(call);

        assertThat(lines.get(0)).contains("dec_1").contains("text_bytes").doesNotContain("key sk");
        assertThat(lines.get(1))
                .contains("key [secret] and [secret], [secret] ok")
                .doesNotContain("abcdefghijklmnop")
                .doesNotContain("hunter22");
    }
}
