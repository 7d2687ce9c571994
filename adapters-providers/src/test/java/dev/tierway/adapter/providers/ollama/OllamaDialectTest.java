package dev.tierway.adapter.providers.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tierway.adapter.providers.Dialects;
import dev.tierway.adapter.providers.Golden;
import dev.tierway.adapter.providers.LossesContract;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.EmbeddingRequest;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.Part;
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

class OllamaDialectTest extends LossesContract {
    @Override
    protected Dialect dialect() {
        return Dialects.of(OllamaTransportFactory.OLLAMA);
    }

    @Override
    protected byte[] encode(ChatRequest request) {
        return OllamaRequestEncoder.encode(request, "qwen3:8b", false);
    }

    private static String written(ChatRequest request) {
        return new String(OllamaRequestEncoder.encode(request, "qwen3:8b", true), StandardCharsets.UTF_8);
    }

    @Test
    void a_whole_conversation_is_written_in_its_words() throws IOException {
        ChatRequest request = ChatRequest.builder()
                .system("be brief")
                .message(new ChatMessage(
                        Role.USER,
                        List.of(new Part.Text("what is this?"), new Part.Image("image/png", "QUJD", null)),
                        null,
                        List.of(),
                        null))
                .message(new ChatMessage(
                        Role.ASSISTANT,
                        List.of(new Part.Reasoning("let me look", null, null)),
                        null,
                        List.of(new ToolCall("c1", "look", new JsonText("{\"at\":1}"))),
                        null))
                .message(ChatMessage.toolResult("c1", "a cat"))
                .tool(new ToolDefinition("look", "looks", new JsonText("{\"type\":\"object\"}"), null))
                .responseFormat(new ResponseFormat.JsonSchema("s", new JsonText("{\"type\":\"string\"}"), true))
                .sampling(new Sampling(0.5, 0.9, 40L, 0.1, 0.2, 7L, List.of("END")))
                .maxOutputTokens(100L)
                .build();

        assertThat(written(request)).isEqualTo(Golden.body("ollama-chat"));
    }

    @Test
    void what_only_ollama_has_is_said_in_its_own_words() {
        ChatRequest request = ChatRequest.builder()
                .user("x")
                .maxOutputTokens(9L)
                .extra("keep_alive", new JsonText("\"10m\""))
                .extra("options", new JsonText("{\"num_ctx\":8192,\"num_predict\":1}"))
                .build();

        assertThat(written(request))
                .contains("\"keep_alive\":\"10m\"")
                .contains("\"options\":{\"num_predict\":9,\"num_ctx\":8192}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> written(ChatRequest.builder()
                        .user("x")
                        .extra("options", new JsonText("[]"))
                        .build()));
    }

    @Test
    void told_to_call_no_tool_it_is_offered_none() {
        ChatRequest request = ChatRequest.builder()
                .user("x")
                .tool(new ToolDefinition("look", null, null, null))
                .toolChoice(new ToolChoice.None())
                .build();

        assertThat(written(request)).doesNotContain("tools");
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

    @ParameterizedTest
    @CsvSource({
        "qwen3:8b,none,false",
        "qwen3:8b,low,true",
        "qwen3:8b,high,true",
        "gpt-oss:20b,none,\"low\"",
        "gpt-oss:20b,medium,\"medium\"",
        "gpt-oss:20b,xhigh,\"high\"",
    })
    void how_hard_to_think_is_said_as_far_as_the_model_knows_it(String model, String effort, String think) {
        ChatRequest request =
                ChatRequest.builder().user("x").reasoningEffort(effort).build();

        assertThat(new String(OllamaRequestEncoder.encode(request, model, false), StandardCharsets.UTF_8))
                .contains("\"think\":" + think);
    }

    @Test
    void arguments_that_are_no_object_are_put_into_one() {
        ChatRequest request = ChatRequest.builder()
                .message(ChatMessage.assistant(List.of(new ToolCall("c", "t", new JsonText("\"broken {\"")))))
                .build();

        assertThat(written(request)).contains("\"arguments\":{\"arguments\":\"broken {\"}");
    }

    @Test
    void embeddings_are_asked_for_together() throws IOException {
        assertThat(new String(
                        OllamaEmbeddings.encode(EmbeddingRequest.of("a", "b").withDimensions(64), "nomic-embed-text"),
                        StandardCharsets.UTF_8))
                .isEqualTo(Golden.body("ollama-embed"));
    }
}
