package dev.tierway.adapter.providers.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.providers.Golden;
import dev.tierway.adapter.providers.WholeConversation;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.EmbeddingRequest;
import dev.tierway.application.chat.Extra;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.ResponseFormat;
import dev.tierway.application.chat.Role;
import dev.tierway.application.chat.Sampling;
import dev.tierway.application.chat.ToolChoice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Bodies that a script has compared with the types of OpenAI's Python library (src/test/clients/vendor-sdks). */
class OpenAiGoldenTest {
    private static String written(ChatRequest request) {
        return new String(
                new ChatRequestEncoder(OpenAiDialect.OPENAI, true).encode(request, "gpt-5.4", true),
                StandardCharsets.UTF_8);
    }

    @Test
    void a_whole_conversation_is_written_as_the_library_would() throws IOException {
        ChatRequest request = WholeConversation.with("anthropic")
                .sampling(new Sampling(0.5, 0.9, null, 0.25, -0.25, 7L, List.of("END", "STOP")))
                .topLogProbs(3)
                .choices(2)
                .metadata(Map.of("team", "search"))
                .serviceTier("flex")
                .build();
        assertThat(written(request)).isEqualTo(Golden.body("openai-chat"));
    }

    @Test
    void media_and_what_no_neutral_type_has_are_written_as_the_library_would() throws IOException {
        ChatRequest request = ChatRequest.builder()
                .message(new ChatMessage(Role.DEVELOPER, List.of(new Part.Text("be brief")), "ops", List.of(), null))
                .message(new ChatMessage(
                        Role.USER,
                        List.of(
                                new Part.Text("hear"),
                                new Part.Audio("wav", "QUJD"),
                                new Part.Image("image/jpeg", "QUJD", "low")),
                        "ann",
                        List.of(),
                        null))
                .message(new ChatMessage(Role.ASSISTANT, List.of(new Part.Refusal("no")), null, List.of(), null))
                .user("go on")
                .toolChoice(new ToolChoice.Auto())
                .responseFormat(new ResponseFormat.JsonObject())
                .extra(new Extra("openai", Map.of("logit_bias", new JsonText("{\"50256\":-100}"))))
                .build();
        assertThat(written(request)).isEqualTo(Golden.body("openai-media"));
    }

    @Test
    void embeddings_are_asked_for_as_the_library_would() throws IOException {
        EmbeddingRequest request = new EmbeddingRequest(List.of("a", "b"), 256, null, "u-1", Extra.NONE);
        assertThat(new String(
                        EmbeddingRequestEncoder.encode(request, "text-embedding-3-small"), StandardCharsets.UTF_8))
                .isEqualTo(Golden.body("openai-embeddings"));
    }
}
