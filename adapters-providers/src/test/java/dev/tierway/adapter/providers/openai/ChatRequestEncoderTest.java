package dev.tierway.adapter.providers.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChatRequestEncoderTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void a_plain_request_says_nothing_it_was_not_told() throws IOException {
        expect(
                ChatRequest.of("hello"),
                false,
                "{\"model\":\"up\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}");
    }

    @Test
    void every_kind_of_message_and_part_has_its_place() throws IOException {
        ChatRequest request = ChatRequest.builder()
                .system("be brief")
                .message(new ChatMessage(
                        Role.USER,
                        List.of(
                                new Part.Text("what is this?"),
                                new Part.Image("image/png", "aGk=", "low"),
                                new Part.ImageUrl("https://x/y.png", null),
                                new Part.Audio("wav", "UklG"),
                                new Part.File("a.pdf", "application/pdf", "JVBE")),
                        "ann",
                        List.of(),
                        null))
                .message(new ChatMessage(
                        Role.ASSISTANT,
                        List.of(new Part.Reasoning("hm", "sig", "someone")),
                        null,
                        List.of(new ToolCall("call_1", "look", new JsonText("{\"a\":1}"))),
                        null))
                .message(ChatMessage.toolResult("call_1", "a cat"))
                .build();
        expect(request, false, """
            {"model":"up","messages":[
             {"role":"system","content":"be brief"},
             {"role":"user","name":"ann","content":[
              {"type":"text","text":"what is this?"},
              {"type":"image_url","image_url":{"url":"data:image/png;base64,aGk=","detail":"low"}},
              {"type":"image_url","image_url":{"url":"https://x/y.png"}},
              {"type":"input_audio","input_audio":{"data":"UklG","format":"wav"}},
              {"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,JVBE"}}]},
             {"role":"assistant","content":null,"tool_calls":[
              {"id":"call_1","type":"function","function":{"name":"look","arguments":"{\\"a\\":1}"}}]},
             {"role":"tool","content":"a cat","tool_call_id":"call_1"}]}\
            """);
    }

    @Test
    void tools_formats_and_sampling_are_written() throws IOException {
        ChatRequest request = ChatRequest.builder()
                .user("hi")
                .tool(new ToolDefinition("f", "does f", new JsonText("{\"type\":\"object\"}"), true))
                .tool(new ToolDefinition("g", null, null, null))
                .toolChoice(new ToolChoice.Tool("f"))
                .parallelToolCalls(false)
                .responseFormat(new ResponseFormat.JsonSchema("answer", new JsonText("{\"type\":\"object\"}"), true))
                .sampling(new Sampling(0.5, 0.9, null, 0.1, 0.2, 42L, List.of("END")))
                .maxOutputTokens(100L)
                .choices(2)
                .reasoningEffort("low")
                .endUser("u1")
                .build();
        expect(request, false, """
            {"model":"up","messages":[{"role":"user","content":"hi"}],
             "tools":[{"type":"function","function":{"name":"f","description":"does f","parameters":{"type":"object"},"strict":true}},
                      {"type":"function","function":{"name":"g"}}],
             "tool_choice":{"type":"function","function":{"name":"f"}},"parallel_tool_calls":false,
             "response_format":{"type":"json_schema","json_schema":{"name":"answer","schema":{"type":"object"},"strict":true}},
             "temperature":0.5,"top_p":0.9,"frequency_penalty":0.1,"presence_penalty":0.2,"seed":42,"stop":["END"],
             "max_tokens":100,"n":2,"reasoning_effort":"low","user":"u1"}\
            """);
    }

    @Test
    void a_stream_asks_for_its_usage_where_that_is_known() throws IOException {
        expect(ChatRequest.of("hi"), true, """
            {"model":"up","messages":[{"role":"user","content":"hi"}],"stream":true,"stream_options":{"include_usage":true}}\
            """);
        byte[] plain = new ChatRequestEncoder(OpenAiDialect.COMPATIBLE, false).encode(ChatRequest.of("hi"), "up", true);
        assertThat(new String(plain, StandardCharsets.UTF_8)).doesNotContain("stream_options");
    }

    @Test
    void openai_has_its_own_names_for_the_cap_and_the_developer() throws IOException {
        ChatRequest request = ChatRequest.builder()
                .message(new ChatMessage(Role.DEVELOPER, List.of(new Part.Text("x")), null, List.of(), null))
                .maxOutputTokens(5L)
                .build();
        JsonNode openAi = JSON.readTree(new ChatRequestEncoder(OpenAiDialect.OPENAI, true).encode(request, "m", false));
        assertThat(openAi.path("max_completion_tokens").asInt()).isEqualTo(5);
        assertThat(openAi.at("/messages/0/role").asText()).isEqualTo("developer");
        JsonNode other =
                JSON.readTree(new ChatRequestEncoder(OpenAiDialect.COMPATIBLE, true).encode(request, "m", false));
        assertThat(other.path("max_tokens").asInt()).isEqualTo(5);
        assertThat(other.at("/messages/0/role").asText()).isEqualTo("system");
    }

    @Test
    void opaque_json_goes_in_as_it_is() {
        ChatRequest request = ChatRequest.builder()
                .user("hi")
                .tool(new ToolDefinition("f", null, new JsonText("{ \"b\" : 1e2 , \"a\":1.0}"), null))
                .build();
        byte[] body = new ChatRequestEncoder(OpenAiDialect.COMPATIBLE, true).encode(request, "up", false);
        assertThat(new String(body, StandardCharsets.UTF_8)).contains("{ \"b\" : 1e2 , \"a\":1.0}");
    }

    private static void expect(ChatRequest request, boolean stream, String json) throws IOException {
        byte[] body = new ChatRequestEncoder(OpenAiDialect.COMPATIBLE, true).encode(request, "up", stream);
        assertThat(JSON.readTree(body)).isEqualTo(JSON.readTree(json));
    }
}
