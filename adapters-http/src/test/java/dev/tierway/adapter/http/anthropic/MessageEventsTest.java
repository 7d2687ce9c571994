package dev.tierway.adapter.http.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.FinishReason;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.Role;
import dev.tierway.application.chat.TokenLogProb;
import dev.tierway.application.chat.ToolCall;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.money.TokenUsage.Counted;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Neutral replies as Anthropic's clients see them. */
class MessageEventsTest {
    private static final TokenUsage USAGE = new TokenUsage(35, 20, 5, 0, 0, 30, 12, 0, 0, Counted.REPORTED);

    private static String streamed(ChatEvent... events) {
        StringBuilder all = new StringBuilder();
        MessageEvents writer = new MessageEvents(bytes -> all.append(new String(bytes, UTF_8)));
        writer.names("msg_dec_1", "gpt-x");
        for (ChatEvent event : events) {
            writer.piece(event);
        }
        return all.append(new String(writer.finish(USAGE), UTF_8)).toString();
    }

    @Test
    void blocks_come_one_after_another_with_indices_that_stay() {
        assertThat(streamed(
                        new ChatEvent.Begin("id1", "up", 5),
                        new ChatEvent.ReasoningDelta(0, "hm", null, null),
                        new ChatEvent.ReasoningDelta(0, "", "s", "anthropic"),
                        new ChatEvent.SealedReasoning(0, "xyz", "google"),
                        new ChatEvent.TextDelta(0, ""),
                        new ChatEvent.TextDelta(0, "Hé"),
                        new ChatEvent.TextDelta(1, "another choice"),
                        new ChatEvent.LogProbs(0, List.of(new TokenLogProb("H", -1, List.of()))),
                        new ChatEvent.Cited(0, new Part.Citation("https://a", "A", "q", null, null)),
                        new ChatEvent.ToolCallDelta(0, 0, "t1", "look", ""),
                        new ChatEvent.ToolCallDelta(0, 1, "t2", "now", "{}"),
                        new ChatEvent.ToolCallDelta(0, 0, null, null, "{\"a\":1}"),
                        new ChatEvent.Finished(0, FinishReason.TOOL_CALLS),
                        new ChatEvent.Usage(USAGE)))
                .isEqualTo("""
                    event: message_start
                    data: {"type":"message_start","message":{"id":"id1","type":"message","role":"assistant","model":"up","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":0,"output_tokens":0}}}

                    event: content_block_start
                    data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}

                    event: content_block_delta
                    data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"hm"}}

                    event: content_block_delta
                    data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"s"}}

                    event: content_block_stop
                    data: {"type":"content_block_stop","index":0}

                    event: content_block_start
                    data: {"type":"content_block_start","index":1,"content_block":{"type":"redacted_thinking","data":"tierway.google.xyz"}}

                    event: content_block_stop
                    data: {"type":"content_block_stop","index":1}

                    event: content_block_start
                    data: {"type":"content_block_start","index":2,"content_block":{"type":"text","text":""}}

                    event: content_block_delta
                    data: {"type":"content_block_delta","index":2,"delta":{"type":"text_delta","text":"Hé"}}

                    event: content_block_delta
                    data: {"type":"content_block_delta","index":2,"delta":{"type":"citations_delta","citation":{"type":"web_search_result_location","url":"https://a","title":"A","encrypted_index":"","cited_text":"q"}}}

                    event: content_block_stop
                    data: {"type":"content_block_stop","index":2}

                    event: content_block_start
                    data: {"type":"content_block_start","index":3,"content_block":{"type":"tool_use","id":"t1","name":"look","input":{}}}

                    event: content_block_start
                    data: {"type":"content_block_start","index":4,"content_block":{"type":"tool_use","id":"t2","name":"now","input":{}}}

                    event: content_block_delta
                    data: {"type":"content_block_delta","index":4,"delta":{"type":"input_json_delta","partial_json":"{}"}}

                    event: content_block_delta
                    data: {"type":"content_block_delta","index":3,"delta":{"type":"input_json_delta","partial_json":"{\\"a\\":1}"}}

                    event: content_block_stop
                    data: {"type":"content_block_stop","index":3}

                    event: content_block_stop
                    data: {"type":"content_block_stop","index":4}

                    event: message_delta
                    data: {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"input_tokens":10,"cache_creation_input_tokens":5,"cache_read_input_tokens":20,"output_tokens":30}}

                    event: message_stop
                    data: {"type":"message_stop"}

                    """);
    }

    @Test
    void a_stream_of_nothing_is_a_message_all_the_same() {
        assertThat(streamed())
                .contains("\"id\":\"msg_dec_1\"")
                .contains("\"stop_reason\":\"end_turn\"")
                .doesNotContain("content_block");
    }

    @Test
    void a_whole_reply_keeps_its_blocks() {
        ChatMessage message = new ChatMessage(
                Role.ASSISTANT,
                List.of(
                        new Part.Reasoning("hm", null, null),
                        new Part.Reasoning("hm", "s", "google"),
                        new Part.Text("so"),
                        new Part.Citation(null, "D", "q", 0, 2),
                        new Part.Refusal("no")),
                null,
                List.of(
                        new ToolCall("t1", "f", new JsonText("{\"a\":1}")),
                        new ToolCall("t2", "f", new JsonText("\"broken"))),
                null);
        ChatResponse response = new ChatResponse(
                "id1", "up", 5, List.of(new ChatResponse.Choice(message, FinishReason.STOP, "END", List.of())), USAGE);
        assertThat(new String(MessageEncoder.message(response), UTF_8))
                .isEqualTo("{\"id\":\"id1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"up\",\"content\":["
                               + "{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"\"},"
                               + "{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"tierway.google.s\"},"
                               + "{\"type\":\"text\",\"text\":\"so\",\"citations\":[{\"type\":\"char_location\","
                               + "\"document_index\":0,\"document_title\":\"D\",\"start_char_index\":0,\"end_char_index\":2,"
                               + "\"cited_text\":\"q\"}]},{\"type\":\"text\",\"text\":\"no\"},"
                               + "{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"f\",\"input\":{\"a\":1}},"
                               + "{\"type\":\"tool_use\",\"id\":\"t2\",\"name\":\"f\",\"input\":{\"arguments\":\"\\\"broken\"}}],"
                               + "\"stop_reason\":\"stop_sequence\",\"stop_sequence\":\"END\",\"usage\":{\"input_tokens\":10,"
                               + "\"cache_creation_input_tokens\":5,\"cache_read_input_tokens\":20,\"output_tokens\":30}}");
    }
}
