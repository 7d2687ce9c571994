package dev.tierway.application.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.domain.money.TokenUsage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The neutral types: what they refuse, and which pieces commit a call. */
class ChatTypesTest {
    @Test
    void a_request_needs_a_message_and_counts_of_one_or_more() {
        assertThatThrownBy(() -> ChatRequest.builder().build()).hasMessage("a chat request needs at least one message");
        assertThatThrownBy(() -> ChatRequest.builder().user("x").choices(0).build())
                .hasMessageContaining("1 or more");
        assertThatThrownBy(() ->
                        ChatRequest.builder().user("x").maxOutputTokens(0L).build())
                .hasMessageContaining("1 or more");
    }

    @Test
    void a_builder_keeps_everything_it_is_told() {
        JsonText schema = new JsonText("{}");
        ChatRequest request = ChatRequest.builder()
                .system("s")
                .user("u")
                .assistant("a")
                .message(ChatMessage.toolResult("id", "r"))
                .tool(new ToolDefinition("t", "does", schema, null))
                .toolChoice(new ToolChoice.Required())
                .parallelToolCalls(false)
                .responseFormat(new ResponseFormat.PlainText())
                .sampling(Sampling.DEFAULTS)
                .maxOutputTokens(5L)
                .choices(2)
                .reasoningEffort("low")
                .endUser("me")
                .build();

        assertThat(request.messages()).extracting(ChatMessage::text).containsExactly("s", "u", "a", "r");
        assertThat(request.messages())
                .extracting(ChatMessage::role)
                .containsExactly(Role.SYSTEM, Role.USER, Role.ASSISTANT, Role.TOOL);
        assertThat(request.tools()).hasSize(1);
        assertThat(request.toolChoice()).isEqualTo(new ToolChoice.Required());
        assertThat(request.parallelToolCalls()).isFalse();
        assertThat(request.responseFormat()).isEqualTo(new ResponseFormat.PlainText());
        assertThat(request.maxOutputTokens()).isEqualTo(5);
        assertThat(request.choices()).isEqualTo(2);
        assertThat(request.reasoning().effort()).isEqualTo("low");
        assertThat(request.user()).isEqualTo("me");
    }

    @Test
    void an_answer_without_choices_is_no_answer() {
        assertThatThrownBy(() -> new ChatResponse("id", "m", 0, List.of(), TokenUsage.reported(1, 1)))
                .hasMessage("an answer without choices is no answer");
        ToolCall call = new ToolCall("id", "t", JsonText.EMPTY_OBJECT);
        ChatResponse response = new ChatResponse(
                "id",
                "m",
                0,
                List.of(new ChatResponse.Choice(ChatMessage.assistant(List.of(call)), FinishReason.TOOL_CALLS)),
                TokenUsage.reported(1, 1));
        assertThat(response.toolCalls()).containsExactly(call);
        assertThat(response.text()).isEmpty();
    }

    @Test
    void what_gives_the_caller_something_commits() {
        assertThat(List.of(
                        new ChatEvent.TextDelta(0, "x"),
                        new ChatEvent.RefusalDelta(0, "no"),
                        new ChatEvent.ReasoningDelta(0, "hm", null, null),
                        new ChatEvent.ReasoningDelta(0, "", "signature", "anthropic"),
                        new ChatEvent.ToolCallDelta(0, 0, "id", null, ""),
                        new ChatEvent.ToolCallDelta(0, 0, null, "name", ""),
                        new ChatEvent.ToolCallDelta(0, 0, null, null, "{"),
                        new ChatEvent.Finished(0, FinishReason.STOP)))
                .allMatch(ChatEvent::semantic);
    }

    @Test
    void what_comes_before_it_does_not() {
        assertThat(List.of(
                        new ChatEvent.Begin("id", "m", 0),
                        new ChatEvent.TextDelta(0, ""),
                        new ChatEvent.RefusalDelta(0, ""),
                        new ChatEvent.ReasoningDelta(0, "", null, null),
                        new ChatEvent.ToolCallDelta(0, 0, null, null, ""),
                        new ChatEvent.Usage(TokenUsage.reported(1, 1))))
                .noneMatch(ChatEvent::semantic);
    }
}
