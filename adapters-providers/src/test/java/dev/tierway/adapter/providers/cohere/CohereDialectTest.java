package dev.tierway.adapter.providers.cohere;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.providers.Dialects;
import dev.tierway.adapter.providers.Golden;
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
import java.io.IOException;
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
    void a_whole_conversation_is_written_in_its_words() throws IOException {
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

        assertThat(written(request)).isEqualTo(Golden.body("cohere-chat"));
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
    void embeddings_are_asked_for_together_and_say_what_for() throws IOException {
        EmbeddingRequest request = EmbeddingRequest.of("a", "b").withDimensions(256);

        assertThat(new String(CohereEmbeddings.encode(request, "embed-v4.0"), StandardCharsets.UTF_8))
                .isEqualTo(Golden.body("cohere-embed"));
        assertThat(new String(
                        CohereEmbeddings.encode(request.withInputType("search_query"), "e"), StandardCharsets.UTF_8))
                .contains("\"input_type\":\"search_query\"");
    }
}
