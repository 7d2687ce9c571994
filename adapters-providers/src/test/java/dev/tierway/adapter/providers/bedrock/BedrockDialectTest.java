package dev.tierway.adapter.providers.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.providers.Dialects;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.Constructs;
import dev.tierway.application.chat.Extra;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.Reasoning;
import dev.tierway.application.chat.ResponseFormat;
import dev.tierway.application.chat.Role;
import dev.tierway.application.chat.Sampling;
import dev.tierway.application.chat.ToolChoice;
import dev.tierway.application.chat.ToolDefinition;
import dev.tierway.domain.catalogue.Construct;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the table says Bedrock lacks is left out or refused, and nothing else is. */
class BedrockDialectTest {
    private static final ToolDefinition TOOL = new ToolDefinition("t", "d", JsonText.EMPTY_OBJECT, null);

    private static ChatRequest.Builder plain() {
        return ChatRequest.builder().user("x").tool(TOOL);
    }

    private static ChatRequest.Builder withPart(Role role, Part part) {
        return plain().message(new ChatMessage(role, List.of(new Part.Text("y"), part), null, List.of(), null));
    }

    private static ChatRequest.Builder withSampling(Sampling sampling) {
        return plain().sampling(sampling);
    }

    /** A request that says it, and one that differs in nothing else. */
    private static ChatRequest.Builder[] saying(Construct construct) {
        return switch (construct) {
            case IMAGE_URL -> pair(withPart(Role.USER, new Part.ImageUrl("https://a/b", null)));
            case AUDIO -> pair(withPart(Role.USER, new Part.Audio("wav", "QUJD")), withText(Role.USER));
            case FILE -> pair(withPart(Role.USER, new Part.File("f", "text/csv", "QUJD")), withText(Role.USER));
            case FILE_URL -> pair(withPart(Role.USER, new Part.FileUrl(null, null, "https://a/b")));
            case AUDIO_OUTPUT -> pair(plain(), plain());
            case TOOLS -> pair(plain(), ChatRequest.builder().user("x"));
            case JSON_SCHEMA ->
                pair(plain().responseFormat(new ResponseFormat.JsonSchema("s", JsonText.EMPTY_OBJECT, null)), plain());
            case JSON_MODE -> pair(plain().responseFormat(new ResponseFormat.JsonObject()), plain());
            case TOOL_CHOICE -> pair(plain().toolChoice(new ToolChoice.Required()), plain());
            case PARALLEL_TOOL_CALLS -> pair(plain().parallelToolCalls(false), plain());
            case STRICT_TOOLS ->
                pair(
                        ChatRequest.builder().user("x").tool(new ToolDefinition("t", "d", JsonText.EMPTY_OBJECT, true)),
                        plain());
            case FAILED_TOOL_RESULT ->
                pair(
                        plain().message(ChatMessage.toolFailure("c", "no")),
                        plain().message(ChatMessage.toolResult("c", "no")));
            case UNSIGNED_REASONING ->
                pair(withPart(Role.ASSISTANT, new Part.Reasoning("r", null, null)), withText(Role.ASSISTANT));
            case CITATIONS ->
                pair(
                        withPart(Role.ASSISTANT, new Part.Citation("https://a", "t", "q", 0, 1)),
                        withText(Role.ASSISTANT));
            case REASONING_EFFORT -> pair(plain().reasoningEffort("high"), plain());
            case REASONING_BUDGET -> pair(plain().reasoning(new Reasoning(null, 2000L, null)), plain());
            case TEMPERATURE -> pair(withSampling(new Sampling(1.0, null, null, null, null, null, List.of())), plain());
            case TOP_P -> pair(withSampling(new Sampling(null, 1.0, null, null, null, null, List.of())), plain());
            case TOP_K -> pair(withSampling(new Sampling(null, null, 1L, null, null, null, List.of())), plain());
            case SEED -> pair(withSampling(new Sampling(null, null, null, null, null, 1L, List.of())), plain());
            case STOP -> pair(withSampling(new Sampling(null, null, null, null, null, null, List.of("E"))), plain());
            case FREQUENCY_PENALTY ->
                pair(withSampling(new Sampling(null, null, null, 1.0, null, null, List.of())), plain());
            case PRESENCE_PENALTY ->
                pair(withSampling(new Sampling(null, null, null, null, 1.0, null, List.of())), plain());
            case LOG_PROBS -> pair(plain().topLogProbs(2), plain());
            case CHOICES -> pair(plain().choices(2), plain());
            case CACHE_CONTROL -> pair(plain().toolsCached(new Part.CachePoint(null)), plain());
            case USER -> pair(plain().endUser("u"), plain());
            case METADATA -> pair(plain().metadata(Map.of("a", "b")), plain());
            case SERVICE_TIER -> pair(plain().serviceTier("flex"), plain());
            case SPEAKER_NAME ->
                pair(
                        plain().message(new ChatMessage(
                                Role.USER, List.of(new Part.Text("y")), "Ann", List.of(), null)),
                        plain().user("y"));
            case IMAGE_DETAIL ->
                pair(
                        withPart(Role.USER, new Part.Image("image/png", "QUJD", "low")),
                        withPart(Role.USER, new Part.Image("image/png", "QUJD", null)));
            case OTHER -> pair(plain().extra(new Extra("openai", Map.of("store", new JsonText("true")))), plain());
            case FILE_ID, NATIVE, EMBEDDINGS, DIMENSIONS, INPUT_TYPE ->
                throw new IllegalArgumentException("no chat request in neutral types says " + construct);
        };
    }

    private static ChatRequest.Builder withText(Role role) {
        return plain().message(new ChatMessage(role, List.of(new Part.Text("y")), null, List.of(), null));
    }

    private static ChatRequest.Builder[] pair(ChatRequest.Builder... requests) {
        return requests;
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"FILE_ID", "NATIVE", "EMBEDDINGS", "DIMENSIONS", "INPUT_TYPE"})
    void the_table_is_what_the_encoder_does(Construct construct) {
        ChatRequest.Builder[] requests = saying(construct);
        ChatRequest said = requests[0].build();
        boolean lacks = Dialects.of("bedrock").lacks().contains(construct);
        // Nothing in neutral requests asks for spoken answers yet.
        if (construct != Construct.AUDIO_OUTPUT) {
            assertThat(Constructs.of(said)).contains(construct);
        }
        boolean expressed;
        try {
            byte[] body = ConverseRequestEncoder.encode(said, ConverseRequestEncoderTest.CLAUDE);
            expressed = !Arrays.equals(
                    body, ConverseRequestEncoder.encode(requests[1].build(), ConverseRequestEncoderTest.CLAUDE));
        } catch (IllegalArgumentException refused) {
            expressed = false;
        }
        assertThat(expressed).as(construct.words()).isEqualTo(!lacks);
    }
}
