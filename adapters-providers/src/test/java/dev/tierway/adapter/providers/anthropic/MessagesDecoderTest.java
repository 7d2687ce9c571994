package dev.tierway.adapter.providers.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.tierway.adapter.providers.http.StreamEvent;
import dev.tierway.adapter.providers.wire.DecodedEvent;
import dev.tierway.adapter.providers.wire.DecodedReply;
import dev.tierway.adapter.providers.wire.UsageTally;
import dev.tierway.adapter.providers.wire.VendorErrorException;
import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.FinishReason;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.ToolCall;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.money.TokenUsage.Counted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesDecoderTest {
    private final UsageTally tally = new UsageTally(77);
    private final MessagesDecoder decoder = new MessagesDecoder(tally, () -> 1_700_000_000L);

    private DecodedReply whole(String body) throws Exception {
        return decoder.whole(body.getBytes(StandardCharsets.UTF_8));
    }

    private DecodedEvent event(String data) throws IOException {
        byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
        return decoder.event(new StreamEvent(bytes, null, bytes, 0, bytes.length));
    }

    private List<ChatEvent> events(String... data) throws IOException {
        List<ChatEvent> all = new ArrayList<>();
        for (String one : data) {
            DecodedEvent.Pieces pieces = (DecodedEvent.Pieces) event(one);
            assertThat(pieces.last()).isFalse();
            all.addAll(pieces.pieces());
        }
        return all;
    }

    @Test
    void a_whole_message_keeps_everything_it_holds() throws Exception {
        DecodedReply reply = whole("""
            {"id":"msg_1","type":"message","role":"assistant","model":"claude-x","content":[
              {"type":"thinking","thinking":"hm","signature":"s1"},
              {"type":"redacted_thinking","data":"xyz"},
              {"type":"text","text":"It says "},
              {"type":"text","text":"so.","citations":[{"type":"char_location","cited_text":"so","document_index":0,
                "document_title":"Doc","start_char_index":3,"end_char_index":5}]},
              {"type":"server_tool_use","id":"srv","name":"web_search","input":{}},
              {"type":"tool_use","id":"toolu_1","name":"look","input":{"a":[1]}},
              {"type":"tool_use","id":"toolu_2","name":"look","input":{}}],
             "stop_reason":"tool_use","stop_sequence":null,"something_new":1,
             "usage":{"input_tokens":10,"cache_creation_input_tokens":5,"cache_read_input_tokens":20,
              "output_tokens":30,"output_tokens_details":{"thinking_tokens":12},"service_tier":"standard"}}
            """);
        assertThat(reply.id()).isEqualTo("msg_1");
        assertThat(reply.model()).isEqualTo("claude-x");
        assertThat(reply.createdEpochSeconds()).isEqualTo(1_700_000_000L);
        ChatMessage message = reply.choices().getFirst().message();
        assertThat(message.parts())
                .containsExactly(
                        new Part.Reasoning("hm", "s1", "anthropic"),
                        new Part.SealedReasoning("xyz", "anthropic"),
                        new Part.Text("It says "),
                        new Part.Text("so."),
                        new Part.Citation(null, "Doc", "so", 8, 11));
        assertThat(message.toolCalls())
                .containsExactly(
                        new ToolCall("toolu_1", "look", new JsonText("{\"a\":[1]}")),
                        new ToolCall("toolu_2", "look", new JsonText("{}")));
        assertThat(reply.choices().getFirst().finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(reply.usage()).isEqualTo(new TokenUsage(35, 20, 5, 0, 0, 30, 12, 0, 0, Counted.REPORTED));
    }

    @ParameterizedTest
    @CsvSource({
        "end_turn, STOP",
        "stop_sequence, STOP",
        "max_tokens, LENGTH",
        "model_context_window_exceeded, LENGTH",
        "tool_use, TOOL_CALLS",
        "refusal, CONTENT_FILTER",
        "pause_turn, OTHER",
        "something_new, OTHER"
    })
    void every_reason_to_stop_has_its_meaning(String word, FinishReason meaning) throws Exception {
        String body = "{\"type\":\"message\",\"content\":[],\"stop_reason\":\"" + word + "\"}";
        assertThat(whole(body).choices().getFirst().finishReason()).isEqualTo(meaning);
        assertThat(events("{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"" + word + "\"}}"))
                .containsExactly(new ChatEvent.Finished(0, meaning));
    }

    @Test
    void which_sequence_stopped_it_and_why_it_declined_are_kept() throws Exception {
        ChatResponse.Choice choice = whole("""
            {"type":"message","content":[{"type":"text","text":"I"}],"stop_reason":"refusal","stop_sequence":"END",
             "stop_details":{"type":"refusal","category":"cyber","explanation":"Not this."}}
            """).choices().getFirst();
        assertThat(choice.stopSequence()).isEqualTo("END");
        assertThat(choice.message().parts()).containsExactly(new Part.Text("I"), new Part.Refusal("Not this."));
    }

    @Test
    void a_stream_of_thought_text_and_calls_comes_in_neutral_pieces() throws IOException {
        List<ChatEvent> events = events(
                "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"model\":\"claude-x\","
                        + "\"usage\":{\"input_tokens\":10,\"cache_read_input_tokens\":2,\"output_tokens\":1}}}",
                "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"thinking\",\"thinking\":\"\","
                    + "\"signature\":\"\"}}",
                "{\"type\":\"ping\"}",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"hm\"}}",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"signature_delta\",\"signature\":\"s1\"}}",
                "{\"type\":\"content_block_stop\",\"index\":0}",
                "{\"type\":\"content_block_start\",\"index\":1,\"content_block\":{\"type\":\"redacted_thinking\",\"data\":\"x\"}}",
                "{\"type\":\"content_block_stop\",\"index\":1}",
                "{\"type\":\"content_block_start\",\"index\":2,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}",
                "{\"type\":\"content_block_delta\",\"index\":2,\"delta\":{\"type\":\"text_delta\",\"text\":\"Hi\"}}",
                "{\"type\":\"content_block_delta\",\"index\":2,\"delta\":{\"type\":\"citations_delta\",\"citation\":"
                    + "{\"type\":\"web_search_result_location\",\"url\":\"https://a\",\"title\":\"A\",\"cited_text\":\"q\"}}}",
                "{\"type\":\"content_block_delta\",\"index\":2,\"delta\":{\"type\":\"something_new\"}}",
                "{\"type\":\"content_block_stop\",\"index\":2}",
                "{\"type\":\"content_block_start\",\"index\":3,\"content_block\":{\"type\":\"tool_use\",\"id\":\"t1\","
                        + "\"name\":\"look\",\"input\":{}}}",
                "{\"type\":\"content_block_delta\",\"index\":3,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"\"}}",
                "{\"type\":\"content_block_delta\",\"index\":3,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"a\\\":1}\"}}",
                "{\"type\":\"content_block_stop\",\"index\":3}",
                "{\"type\":\"content_block_start\",\"index\":4,\"content_block\":{\"type\":\"tool_use\",\"id\":\"t2\","
                        + "\"name\":\"now\",\"input\":{}}}",
                "{\"type\":\"content_block_stop\",\"index\":4}",
                "{\"type\":\"something_new\"}",
                "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"tool_use\",\"stop_sequence\":null},"
                        + "\"usage\":{\"output_tokens\":9}}");
        assertThat(events)
                .containsExactly(
                        new ChatEvent.Begin("msg_1", "claude-x", 1_700_000_000L),
                        new ChatEvent.ReasoningDelta(0, "hm", null, null),
                        new ChatEvent.ReasoningDelta(0, "", "s1", "anthropic"),
                        new ChatEvent.SealedReasoning(0, "x", "anthropic"),
                        new ChatEvent.TextDelta(0, "Hi"),
                        new ChatEvent.Cited(0, new Part.Citation("https://a", "A", "q", null, null)),
                        new ChatEvent.ToolCallDelta(0, 0, "t1", "look", ""),
                        new ChatEvent.ToolCallDelta(0, 0, null, null, "{\"a\":1}"),
                        new ChatEvent.ToolCallDelta(0, 1, "t2", "now", ""),
                        new ChatEvent.ToolCallDelta(0, 1, null, null, "{}"),
                        new ChatEvent.Finished(0, FinishReason.TOOL_CALLS),
                        new ChatEvent.Usage(new TokenUsage(12, 2, 0, 0, 0, 9, 0, 0, 0, Counted.REPORTED)));
        assertThat(((DecodedEvent.Pieces) event("{\"type\":\"message_stop\"}")).last())
                .isTrue();
        assertThat(decoder.finishIsEnd()).isFalse();
    }

    @Test
    void what_a_streams_beginning_reports_holds_if_the_rest_never_comes() throws IOException {
        events("{\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":10,\"output_tokens\":1}}}");
        assertThat(tally.soFar().input()).isEqualTo(10);
    }

    @Test
    void errors_where_an_answer_should_be_are_told_as_errors() throws IOException {
        String error = "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}";
        assertThatExceptionOfType(VendorErrorException.class).isThrownBy(() -> whole(error));
        assertThat(event(error)).isInstanceOf(DecodedEvent.Failed.class);
        assertThat(event("{\"error\":{\"message\":\"a proxy's\"}}")).isInstanceOf(DecodedEvent.Failed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "{}", "{\"type\":7}", "{\"type\":\"message_st", "<html>", "{\"type\":\"ping\"} more"})
    void garbage_is_no_event(String garbage) {
        assertThatIOException().isThrownBy(() -> event(garbage));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "{\"type\":\"message\"}", "{\"type\":\"message\",\"content\":[", "ok"})
    void garbage_is_no_message(String garbage) {
        assertThatIOException().isThrownBy(() -> whole(garbage));
    }
}
