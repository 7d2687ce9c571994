package dev.tierway.adapter.http.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.adapter.http.server.Json;
import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.FinishReason;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.Role;
import dev.tierway.application.chat.TokenLogProb;
import dev.tierway.application.chat.ToolCall;
import dev.tierway.domain.money.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Streamed and whole responses, in the order clients rely on. */
class StreamedOutputTest {
    private final List<JsonNode> sent = new ArrayList<>();
    private final ResponseEvents events = new ResponseEvents(bytes -> {
        String text = new String(bytes, UTF_8);
        JsonNode json =
                Json.document(text.substring(text.indexOf("data: ") + 6).strip().getBytes(UTF_8));
        assertThat(text)
                .startsWith("event: " + json.path("type").asText() + "\ndata: ")
                .endsWith("\n\n");
        sent.add(json);
    });
    private final StreamedOutput output = new StreamedOutput(events, "r");

    private List<String> types() {
        return sent.stream()
                .map(event -> event.path("type").asText().replace("response.", ""))
                .toList();
    }

    private JsonNode closed() {
        return Json.document(Json.bytes(output.close()));
    }

    @Test
    void a_text_opens_grows_and_closes() {
        output.add(new ChatEvent.TextDelta(0, "Hel"));
        output.add(new ChatEvent.TextDelta(0, "lo"));
        output.add(new ChatEvent.LogProbs(0, List.of(new TokenLogProb("lo", -1, List.of()))));
        output.add(new ChatEvent.Cited(0, new Part.Citation("https://x", "X", null, 0, 5)));
        JsonNode items = closed();
        assertThat(types())
                .containsExactly(
                        "output_item.added",
                        "content_part.added",
                        "output_text.delta",
                        "output_text.delta",
                        "output_text.annotation.added",
                        "output_text.done",
                        "content_part.done",
                        "output_item.done");
        assertThat(sent.stream().map(event -> event.path("sequence_number").asInt()))
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(sent.get(5).path("text").asText()).isEqualTo("Hello");
        JsonNode content = items.at("/0/content/0");
        assertThat(content.path("text").asText()).isEqualTo("Hello");
        assertThat(content.at("/annotations/0/url").asText()).isEqualTo("https://x");
        assertThat(content.at("/logprobs/0/token").asText()).isEqualTo("lo");
        assertThat(sent.getLast().path("item")).isEqualTo(items.get(0));
    }

    @Test
    void parallel_calls_keep_their_places() {
        output.add(new ChatEvent.TextDelta(0, "so"));
        output.add(new ChatEvent.ToolCallDelta(0, 0, "a", "f", "{\"x\""));
        output.add(new ChatEvent.ToolCallDelta(0, 1, "b", "g", "{}"));
        output.add(new ChatEvent.ToolCallDelta(0, 0, null, null, ":1}"));
        JsonNode items = closed();
        assertThat(types())
                .containsSubsequence(
                        "output_item.done",
                        "output_item.added",
                        "function_call_arguments.delta",
                        "output_item.added",
                        "function_call_arguments.delta",
                        "function_call_arguments.delta",
                        "function_call_arguments.done",
                        "output_item.done",
                        "function_call_arguments.done",
                        "output_item.done");
        assertThat(items).hasSize(3);
        assertThat(items.at("/1/arguments").asText()).isEqualTo("{\"x\":1}");
        assertThat(items.at("/1/call_id").asText()).isEqualTo("a");
        assertThat(items.at("/2/name").asText()).isEqualTo("g");
    }

    @Test
    void reasoning_comes_first_with_what_to_send_back() {
        output.add(new ChatEvent.ReasoningDelta(0, "hm", null, null));
        output.add(new ChatEvent.ReasoningDelta(0, "", "sig", "anthropic"));
        output.add(new ChatEvent.SealedReasoning(0, "x", "anthropic"));
        output.add(new ChatEvent.RefusalDelta(0, "no"));
        JsonNode items = closed();
        assertThat(items.at("/0/summary/0/text").asText()).isEqualTo("hm");
        assertThat(items.at("/0/encrypted_content").asText()).isEqualTo("tierway/signed/anthropic/sig");
        assertThat(items.at("/1/encrypted_content").asText()).isEqualTo("tierway/sealed/anthropic/x");
        assertThat(items.at("/2/content/0/refusal").asText()).isEqualTo("no");
        assertThat(types())
                .startsWith(
                        "output_item.added",
                        "reasoning_summary_part.added",
                        "reasoning_summary_text.delta",
                        "reasoning_summary_text.done",
                        "reasoning_summary_part.done",
                        "output_item.done");
    }

    @Test
    void a_whole_response_says_the_same_and_tells_back_what_was_asked() {
        ChatMessage message = new ChatMessage(
                Role.ASSISTANT,
                List.of(new Part.Reasoning("hm", "sig", "anthropic"), new Part.Text("so")),
                null,
                List.of(new ToolCall("a", "f", new JsonText("{}"))),
                null);
        ChatResponse response = new ChatResponse(
                "1",
                "m",
                7,
                List.of(new ChatResponse.Choice(message, FinishReason.LENGTH)),
                new TokenUsage(10, 4, 0, 0, 0, 5, 2, 0, 0, TokenUsage.Counted.REPORTED));
        ChatRequest asked = ChatRequest.builder().user("x").maxOutputTokens(5L).build();
        JsonNode json = Json.document(Json.bytes(new ResponseJson(asked).whole(response)));
        assertThat(json.path("object").asText()).isEqualTo("response");
        assertThat(json.path("status").asText()).isEqualTo("incomplete");
        assertThat(json.at("/incomplete_details/reason").asText()).isEqualTo("max_output_tokens");
        assertThat(json.path("output").findValuesAsText("type"))
                .containsSubsequence("reasoning", "message", "function_call");
        assertThat(json.path("max_output_tokens").asInt()).isEqualTo(5);
        assertThat(json.path("store").asBoolean(true)).isFalse();
        assertThat(json.path("usage"))
                .hasToString("{\"input_tokens\":10,\"input_tokens_details\":{\"cached_tokens\":4},\"output_tokens\":5,"
                        + "\"output_tokens_details\":{\"reasoning_tokens\":2},\"total_tokens\":15}");
    }
}
