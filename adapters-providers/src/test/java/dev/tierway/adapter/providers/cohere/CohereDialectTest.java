package dev.tierway.adapter.providers.cohere;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.providers.Dialects;
import dev.tierway.adapter.providers.LossesContract;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.EmbeddingRequest;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.Reasoning;
import dev.tierway.application.chat.ResponseFormat;
import dev.tierway.application.chat.Role;
import dev.tierway.application.chat.Sampling;
import dev.tierway.application.chat.ToolCall;
import dev.tierway.application.chat.ToolChoice;
import dev.tierway.application.chat.ToolDefinition;
import dev.tierway.domain.catalogue.Dialect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CohereDialectTest extends LossesContract {
    @Override
    protected Dialect dialect() {
        return Dialects.of(CohereTransportFactory.COHERE);
    }

    @Override
    protected byte[] encode(ChatRequest request) {
        return CohereRequestEncoder.encode(request, "command-a", false);
    }

    private static String written(ChatRequest request) {
        return new String(CohereRequestEncoder.encode(request, "command-a", true), StandardCharsets.UTF_8);
    }

    @Test
    void a_whole_conversation_is_written_in_its_words() {
        ChatRequest request = ChatRequest.builder()
                .system("be brief")
                .message(new ChatMessage(
                        Role.USER,
                        List.of(
                                new Part.Text("what is this?"),
                                new Part.Image("image/png", "QUJD", "low"),
                                new Part.ImageUrl("https://a/b.png", null)),
                        null,
                        List.of(),
                        null))
                .message(new ChatMessage(
                        Role.ASSISTANT,
                        List.of(new Part.Reasoning("I will look", null, null)),
                        null,
                        List.of(new ToolCall("c1", "look", new JsonText("{\"at\":1}"))),
                        null))
                .message(ChatMessage.toolResult("c1", "a cat"))
                .message(new ChatMessage(
                        Role.ASSISTANT,
                        List.of(new Part.Reasoning("hm", null, null), new Part.Text("A cat.")),
                        null,
                        List.of(),
                        null))
                .user("sure?")
                .tool(new ToolDefinition("look", "looks", new JsonText("{\"type\":\"object\"}"), true))
                .toolChoice(new ToolChoice.Required())
                .responseFormat(new ResponseFormat.JsonSchema("s", new JsonText("{\"type\":\"object\"}"), true))
                .sampling(new Sampling(0.5, 0.9, 40L, 0.1, 0.2, 7L, List.of("END")))
                .maxOutputTokens(100L)
                .extra("safety_mode", new JsonText("\"STRICT\""))
                .build();

        assertThat(written(request)).isEqualTo("""
            {"model":"command-a","stream":true,"messages":[{"role":"system","content":"be brief"},\
            {"role":"user","content":[{"type":"text","text":"what is this?"},\
            {"type":"image_url","image_url":{"url":"data:image/png;base64,QUJD","detail":"low"}},\
            {"type":"image_url","image_url":{"url":"https://a/b.png"}}]},\
            {"role":"assistant","tool_plan":"I will look","tool_calls":[{"id":"c1","type":"function",\
            "function":{"name":"look","arguments":"{\\"at\\":1}"}}]},\
            {"role":"tool","tool_call_id":"c1","content":"a cat"},\
            {"role":"assistant","content":[{"type":"thinking","thinking":"hm"},{"type":"text","text":"A cat."}]},\
            {"role":"user","content":"sure?"}],\
            "tools":[{"type":"function","function":{"name":"look","description":"looks",\
            "parameters":{"type":"object"}}}],"strict_tools":true,"tool_choice":"REQUIRED",\
            "response_format":{"type":"json_object","json_schema":{"type":"object"}},\
            "temperature":0.5,"p":0.9,"frequency_penalty":0.1,"presence_penalty":0.2,"k":40,"seed":7,\
            "stop_sequences":["END"],"max_tokens":100,"safety_mode":"STRICT"}\
            """);
    }

    @Test
    void one_tool_that_must_be_called_is_the_only_one_offered() {
        ChatRequest request = ChatRequest.builder()
                .user("x")
                .tool(new ToolDefinition("look", null, null, null))
                .tool(new ToolDefinition("run", null, null, null))
                .toolChoice(new ToolChoice.Tool("run"))
                .build();

        assertThat(written(request))
                .contains("\"name\":\"run\"", "\"tool_choice\":\"REQUIRED\"")
                .doesNotContain("look");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "none||{\"type\":\"disabled\"}",
                "low||{\"type\":\"enabled\",\"token_budget\":1024}",
                "high||{\"type\":\"enabled\",\"token_budget\":16384}",
                "huge||{\"type\":\"enabled\"}",
                "|300|{\"type\":\"enabled\",\"token_budget\":300}",
                "high|0|{\"type\":\"disabled\"}",
            })
    void how_hard_to_think_is_a_budget(String effort, Long budget, String thinking) {
        ChatRequest request = ChatRequest.builder()
                .user("x")
                .reasoning(new Reasoning(effort, budget, null))
                .build();

        assertThat(written(request)).contains("\"thinking\":" + thinking);
    }

    @Test
    void reasoning_that_another_vendor_signed_stays_here() {
        ChatRequest request = ChatRequest.builder()
                .message(new ChatMessage(
                        Role.ASSISTANT,
                        List.of(
                                new Part.Reasoning("secret", "sig", "anthropic"),
                                new Part.SealedReasoning("sealed", "anthropic"),
                                new Part.Text("hi")),
                        null,
                        List.of(),
                        null))
                .user("x")
                .build();

        assertThat(written(request)).doesNotContain("secret", "sealed", "sig");
    }

    @Test
    void embeddings_are_asked_for_together_and_say_what_for() {
        EmbeddingRequest request = EmbeddingRequest.of("a", "b").withDimensions(256);

        assertThat(new String(CohereEmbeddings.encode(request, "embed-v4.0"), StandardCharsets.UTF_8))
                .isEqualTo("{\"model\":\"embed-v4.0\",\"input_type\":\"search_document\",\"texts\":[\"a\",\"b\"],"
                        + "\"embedding_types\":[\"float\"],\"output_dimension\":256}");
        assertThat(new String(
                        CohereEmbeddings.encode(request.withInputType("search_query"), "e"), StandardCharsets.UTF_8))
                .contains("\"input_type\":\"search_query\"");
    }
}
