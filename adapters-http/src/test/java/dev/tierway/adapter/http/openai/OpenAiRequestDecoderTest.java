package dev.tierway.adapter.http.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.ResponseFormat;
import dev.tierway.application.chat.Role;
import dev.tierway.application.chat.Sampling;
import dev.tierway.application.chat.ToolCall;
import dev.tierway.application.chat.ToolChoice;
import dev.tierway.application.chat.ToolDefinition;
import dev.tierway.application.error.InvalidRequestException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiRequestDecoderTest {
    private static ChatRequest decode(String json) {
        return OpenAiRequestDecoder.decode(json.getBytes(UTF_8));
    }

    private static Part part(String json) {
        return decode("{\"messages\":[{\"role\":\"user\",\"content\":[" + json + "]}]}")
                .messages()
                .getFirst()
                .parts()
                .getFirst();
    }

    @Test
    void a_conversation_with_tools_becomes_neutral() {
        ChatRequest request = decode("""
            {"model":"m","messages":[
              {"role":"system","content":"be brief"},
              {"role":"user","content":"weather?","name":"ann"},
              {"role":"assistant","content":null,"tool_calls":[
                 {"id":"t1","type":"function","function":{"name":"weather","arguments":"{\\"city\\":\\"Bern\\"}"}}]},
              {"role":"tool","tool_call_id":"t1","content":"rain"}],
             "tools":[{"type":"function","function":{"name":"weather","description":"d","strict":true,
                       "parameters":{"type":"object"}}}],
             "tool_choice":"required","parallel_tool_calls":false}\
            """);
        assertThat(request.messages())
                .containsExactly(
                        ChatMessage.system("be brief"),
                        new ChatMessage(Role.USER, List.of(new Part.Text("weather?")), "ann", List.of(), null),
                        ChatMessage.assistant(
                                List.of(new ToolCall("t1", "weather", new JsonText("{\"city\":\"Bern\"}")))),
                        ChatMessage.toolResult("t1", "rain"));
        assertThat(request.tools())
                .containsExactly(new ToolDefinition("weather", "d", new JsonText("{\"type\":\"object\"}"), true));
        assertThat(request.toolChoice()).isEqualTo(new ToolChoice.Required());
        assertThat(request.parallelToolCalls()).isFalse();
    }

    @Test
    void parameters_become_neutral_and_what_is_absent_stays_unknown() {
        ChatRequest request = decode("""
            {"messages":[{"role":"user","content":"x"}],"temperature":0.5,"top_p":1,"seed":7,"stop":"end",
             "max_tokens":5,"max_completion_tokens":9,"n":2,"reasoning_effort":"high","user":"u1",
             "response_format":{"type":"json_schema","json_schema":{"name":"s","schema":{"a":1},"strict":true}}}\
            """);
        assertThat(request.sampling()).isEqualTo(new Sampling(0.5, 1.0, null, null, null, 7L, List.of("end")));
        assertThat(request.maxOutputTokens()).isEqualTo(9);
        assertThat(request.choices()).isEqualTo(2);
        assertThat(request.reasoning().effort()).isEqualTo("high");
        assertThat(request.user()).isEqualTo("u1");
        assertThat(request.responseFormat())
                .isEqualTo(new ResponseFormat.JsonSchema("s", new JsonText("{\"a\":1}"), true));
        ChatRequest bare = decode("{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}");
        assertThat(bare).isEqualTo(ChatRequest.of("x"));
    }

    @Test
    void parts_become_neutral_and_base64_stays_as_it_is() {
        assertThat(
                        part(
                                "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,QUI=\",\"detail\":\"low\"}}"))
                .isEqualTo(new Part.Image("image/png", "QUI=", "low"));
        assertThat(part("{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://x/y\"}}"))
                .isEqualTo(new Part.ImageUrl("https://x/y", null));
        assertThat(part("{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"QQ==\",\"format\":\"wav\"}}"))
                .isEqualTo(new Part.Audio("wav", "QQ=="));
        assertThat(
                        part(
                                "{\"type\":\"file\",\"file\":{\"filename\":\"a.pdf\",\"file_data\":\"data:application/pdf;base64,QQ==\"}}"))
                .isEqualTo(new Part.File("a.pdf", "application/pdf", "QQ=="));
        assertThat(part("{\"type\":\"refusal\",\"refusal\":\"no\"}")).isEqualTo(new Part.Refusal("no"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"messages\":[]}|at least one message",
                "{\"messages\":[{\"role\":\"oracle\",\"content\":\"x\"}]}|messages[0].role",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"x\",\"audio\":{\"id\":\"a\"}}]}|messages[0].audio",
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"video\"}]}]}|messages[0].content[0].type",
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"file\",\"file\":{\"file_id\":\"f\"}}]}]}|messages[0].content[0].file",
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:x\"}}]}]}|messages[0].content[0].image_url.url",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"tools\":[{\"type\":\"retrieval\"}]}|tools[0].type",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"tool_choice\":\"always\"}|tool_choice",
                "{\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"t\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}]}]}|messages[0].tool_calls[0].function.arguments",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"response_format\":{\"type\":\"xml\"}}|response_format.type",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stop\":[1]}|stop[0]",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"n\":0}|must be 1 or more",
            })
    void what_is_wrong_or_cant_be_translated_is_told_with_its_place(String json, String place) {
        assertThatThrownBy(() -> decode(json))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(place);
    }
}
