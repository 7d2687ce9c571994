package dev.tierway.adapter.providers.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.FinishReason;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.ToolCall;
import dev.tierway.domain.money.TokenUsage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatResponseDecoderTest {
    private static final TokenUsage USAGE = TokenUsage.reported(3, 4);

    @Test
    void an_answer_is_read_with_its_names() throws IOException {
        ChatResponse response = decode(
                "{\"id\":\"c-1\",\"model\":\"up-2\",\"created\":1700000000,\"choices\":["
                    + "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"hello\"},\"finish_reason\":\"stop\"}]}");
        assertThat(response.id()).isEqualTo("c-1");
        assertThat(response.model()).isEqualTo("up-2");
        assertThat(response.createdEpochSeconds()).isEqualTo(1700000000);
        assertThat(response.text()).isEqualTo("hello");
        assertThat(response.choices().getFirst().finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(response.usage()).isEqualTo(USAGE);
    }

    @Test
    void reasoning_refusals_and_lists_of_parts_are_read() throws IOException {
        assertThat(message("{\"reasoning_content\":\"hm\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},"
                                + "{\"type\":\"text\",\"text\":\"b\"}],\"refusal\":\"no\"}")
                        .choices()
                        .getFirst()
                        .message()
                        .parts())
                .containsExactly(new Part.Reasoning("hm", null, null), new Part.Text("ab"), new Part.Refusal("no"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "\"{\\\"a\\\": 1}\"|{\"a\": 1}",
                "\"\"|{}",
                "null|{}",
                "{\"a\":1}|{\"a\":1}",
                "\"{broken\"|\"{broken\"",
            })
    void arguments_are_always_json(String given, String expected) throws IOException {
        ChatResponse response = message(
                "{\"tool_calls\":[{\"id\":\"call_1\",\"function\":{\"name\":\"f\",\"arguments\":" + given + "}}]}");
        assertThat(response.toolCalls()).containsExactly(new ToolCall("call_1", "f", new JsonText(expected)));
    }

    @ParameterizedTest
    @CsvSource({
        "\"stop\",STOP",
        "\"length\",LENGTH",
        "\"tool_calls\",TOOL_CALLS",
        "\"function_call\",TOOL_CALLS",
        "\"content_filter\",CONTENT_FILTER",
        "\"eos\",OTHER",
        "null,OTHER"
    })
    void finish_reasons_are_known_or_other(String word, FinishReason reason) throws IOException {
        ChatResponse response =
                decode("{\"choices\":[{\"message\":{\"content\":\"x\"},\"finish_reason\":" + word + "}]}");
        assertThat(response.choices().getFirst().finishReason()).isEqualTo(reason);
    }

    @Test
    void an_answer_without_choices_is_none() {
        assertThatThrownBy(() -> decode("{\"choices\":[]}")).isInstanceOf(IOException.class);
    }

    private static ChatResponse message(String message) throws IOException {
        return decode("{\"choices\":[{\"message\":" + message + ",\"finish_reason\":\"stop\"}]}");
    }

    private static ChatResponse decode(String json) throws IOException {
        return ChatResponseDecoder.decode(json.getBytes(StandardCharsets.UTF_8), USAGE);
    }
}
