package dev.tierway.adapter.providers.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tierway.adapter.providers.wire.VendorErrorException;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.FinishReason;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.Reasoning;
import dev.tierway.application.chat.ResponseFormat;
import dev.tierway.application.chat.Role;
import dev.tierway.application.chat.Sampling;
import dev.tierway.application.chat.ToolCall;
import dev.tierway.application.chat.ToolChoice;
import dev.tierway.application.chat.ToolDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The exchanges that src/test/clients/google-genai/check.py compares with Google's own types are those we really write
 * and read. {@code -Dtierway.regenerate=true} writes the requests anew.
 */
class GoldenExchangesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FOLDER =
            Path.of(System.getProperty("basedir", "."), "src", "test", "clients", "google-genai");

    @Test
    void the_requests_are_what_the_encoder_writes() throws IOException {
        RequestEncoder encoder = new RequestEncoder(true, new ThoughtSignatures());
        ObjectNode written = JSON.createObjectNode();
        for (Map.Entry<String, ChatRequest> request : requests().entrySet()) {
            written.set(request.getKey(), JSON.readTree(encoder.encode(request.getValue(), "gemini-3-pro")));
        }
        Path file = FOLDER.resolve("requests.json");
        if (Boolean.getBoolean("tierway.regenerate")) {
            Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(written) + "\n");
        }
        assertThat(JSON.readTree(Files.readString(file))).isEqualTo(JSON.readTree(written.toString()));
    }

    @Test
    void the_replies_are_read() throws Exception {
        JsonNode replies = JSON.readTree(Files.readString(FOLDER.resolve("replies.json")));
        var choice = decoder()
                .whole(JSON.writeValueAsBytes(replies.path("everything")))
                .choices()
                .getFirst();
        assertThat(choice.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(choice.message().toolCalls())
                .containsExactly(
                        new ToolCall("c1", "weather", new JsonText("{\"city\":\"Bern\"}")),
                        new ToolCall("call_abc_0_1", "now", new JsonText("{}")));
        assertThat(choice.message().parts()).hasSize(6);
        assertThat(choice.logProbs()).hasSize(1);
        assertThatThrownBy(() -> decoder().whole(JSON.writeValueAsBytes(replies.path("blocked"))))
                .isInstanceOf(VendorErrorException.class);
    }

    private static GeminiDecoder decoder() {
        return new GeminiDecoder("id", "model", 0, new ThoughtSignatures());
    }

    private static Map<String, ChatRequest> requests() {
        Map<String, ChatRequest> requests = new LinkedHashMap<>();
        requests.put("plain", ChatRequest.of("hello"));
        requests.put(
                "parameters",
                ChatRequest.builder()
                        .system("be kind")
                        .user("x")
                        .sampling(new Sampling(0.5, 0.9, 40L, 0.1, -0.2, 7L, List.of("END")))
                        .maxOutputTokens(100L)
                        .choices(2)
                        .topLogProbs(2)
                        .responseFormat(new ResponseFormat.JsonSchema(
                                "n", new JsonText("{\"type\":\"object\",\"additionalProperties\":false}"), true))
                        .reasoning(new Reasoning("low", null, true))
                        .serviceTier("flex")
                        .build());
        requests.put(
                "budget",
                ChatRequest.builder()
                        .user("x")
                        .responseFormat(new ResponseFormat.JsonObject())
                        .reasoning(new Reasoning(null, 500L, null))
                        .build());
        requests.put(
                "media",
                ChatRequest.builder()
                        .message(new ChatMessage(
                                Role.USER,
                                List.of(
                                        new Part.Text("look"),
                                        new Part.Image("image/png", "aW1n", null),
                                        new Part.Audio("wav", "c25k"),
                                        new Part.File("a.pdf", "application/pdf", "cGRm"),
                                        new Part.ImageUrl("https://example.com/cat.png", null),
                                        new Part.FileUrl(null, null, "gs://bucket/report.pdf")),
                                null,
                                List.of(),
                                null))
                        .build());
        requests.put("tools", tools());
        return requests;
    }

    private static ChatRequest tools() {
        return ChatRequest.builder()
                .user("weather?")
                .message(new ChatMessage(
                        Role.ASSISTANT,
                        List.of(
                                new Part.Reasoning("hm", "c2lnLXI=", "google"),
                                new Part.Text("I ask."),
                                new Part.SealedReasoning(ThoughtSignatures.sealText("c2lnLXQ="), "google"),
                                new Part.SealedReasoning(ThoughtSignatures.sealCall("c1", "c2lnLWM="), "google")),
                        null,
                        List.of(
                                new ToolCall("c1", "weather", new JsonText("{\"city\":\"Bern\"}")),
                                new ToolCall("c2", "shot", JsonText.EMPTY_OBJECT)),
                        null))
                .message(ChatMessage.toolFailure("c1", "no such city"))
                .message(new ChatMessage(
                        Role.TOOL,
                        List.of(new Part.Text("{\"ok\":true}"), new Part.Image("image/png", "aW1n", null)),
                        null,
                        List.of(),
                        "c2"))
                .message(ChatMessage.assistant(List.of(new ToolCall("c3", "shot", JsonText.EMPTY_OBJECT))))
                .message(ChatMessage.toolResult("c3", "done"))
                .tool(new ToolDefinition(
                        "weather",
                        "tells it",
                        new JsonText("{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}"),
                        true))
                .tool(new ToolDefinition("shot", null, null, null))
                .toolChoice(new ToolChoice.Tool("weather"))
                .build();
    }
}
