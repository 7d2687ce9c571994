package dev.tierway.adapter.providers.anthropic;

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
import dev.tierway.application.port.out.WireFormat;
import dev.tierway.domain.catalogue.Construct;
import dev.tierway.domain.catalogue.Dialect;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the dialect is said to lack is what the encoder drops, and nothing else. */
class AnthropicDialectTest {
    private static final Dialect DIALECT = Dialects.of(AnthropicTransportFactory.ANTHROPIC);
    private static final Map<Construct, UnaryOperator<ChatRequest.Builder>> SAID = new EnumMap<>(Construct.class);

    static {
        SAID.put(Construct.IMAGE_URL, part(new Part.ImageUrl("https://a/b", null)));
        SAID.put(Construct.FILE, part(new Part.File("f", "application/pdf", "aa")));
        SAID.put(Construct.FILE_URL, part(new Part.FileUrl(null, null, "https://a/b")));
        SAID.put(Construct.UNSIGNED_REASONING, part(new Part.Reasoning("hm", null, null)));
        SAID.put(Construct.CITATIONS, part(new Part.Citation("https://a", null, null, null, null)));
        SAID.put(Construct.CACHE_CONTROL, part(new Part.CachePoint(null)));
        SAID.put(Construct.FAILED_TOOL_RESULT, r -> r.message(ChatMessage.toolFailure("c", "broke")));
        SAID.put(Construct.TOOLS, r -> r.tool(new ToolDefinition("f", null, null, null)));
        SAID.put(Construct.STRICT_TOOLS, r -> r.tool(new ToolDefinition("t", null, null, true)));
        SAID.put(Construct.TOOL_CHOICE, r -> tool(r).toolChoice(new ToolChoice.Required()));
        SAID.put(Construct.PARALLEL_TOOL_CALLS, r -> tool(r).parallelToolCalls(false));
        SAID.put(Construct.JSON_MODE, r -> r.responseFormat(new ResponseFormat.JsonObject()));
        SAID.put(
                Construct.JSON_SCHEMA,
                r -> r.responseFormat(new ResponseFormat.JsonSchema("s", JsonText.EMPTY_OBJECT, null)));
        SAID.put(Construct.TEMPERATURE, sampled(new Sampling(.5, null, null, null, null, null, List.of())));
        SAID.put(Construct.TOP_P, sampled(new Sampling(null, .5, null, null, null, null, List.of())));
        SAID.put(Construct.TOP_K, sampled(new Sampling(null, null, 5L, null, null, null, List.of())));
        SAID.put(Construct.FREQUENCY_PENALTY, sampled(new Sampling(null, null, null, .5, null, null, List.of())));
        SAID.put(Construct.PRESENCE_PENALTY, sampled(new Sampling(null, null, null, null, .5, null, List.of())));
        SAID.put(Construct.SEED, sampled(new Sampling(null, null, null, null, null, 5L, List.of())));
        SAID.put(Construct.STOP, sampled(new Sampling(null, null, null, null, null, null, List.of("END"))));
        SAID.put(Construct.CHOICES, r -> r.choices(2));
        SAID.put(Construct.REASONING_EFFORT, r -> r.reasoningEffort("low"));
        SAID.put(Construct.REASONING_BUDGET, r -> r.reasoning(new Reasoning(null, 2000L, null)));
        SAID.put(Construct.USER, r -> r.endUser("u"));
        SAID.put(Construct.LOG_PROBS, r -> r.topLogProbs(0));
        SAID.put(Construct.METADATA, r -> r.metadata(Map.of("a", "b")));
        SAID.put(Construct.SERVICE_TIER, r -> r.serviceTier("flex"));
        SAID.put(
                Construct.SPEAKER_NAME,
                r -> r.message(new ChatMessage(Role.USER, List.of(new Part.Text("t")), "Ada", List.of(), null)));
        SAID.put(Construct.IMAGE_DETAIL, part(new Part.Image("image/png", "aa", "low")));
        SAID.put(Construct.OTHER, r -> r.extra(new Extra("gemini", Map.of("safety", JsonText.EMPTY_OBJECT))));
    }

    private static UnaryOperator<ChatRequest.Builder> part(Part part) {
        return r -> r.message(new ChatMessage(Role.USER, List.of(new Part.Text("t"), part), null, List.of(), null));
    }

    private static UnaryOperator<ChatRequest.Builder> sampled(Sampling how) {
        return r -> r.sampling(how);
    }

    private static ChatRequest.Builder tool(ChatRequest.Builder request) {
        return request.tool(new ToolDefinition("t", null, null, null));
    }

    /** The same request without the construct. */
    private static ChatRequest without(Construct construct) {
        ChatRequest.Builder request = ChatRequest.builder().user("hello");
        return switch (construct) {
            case IMAGE_URL, FILE, FILE_URL, UNSIGNED_REASONING, CITATIONS, CACHE_CONTROL, SPEAKER_NAME ->
                request.user("t").build();
            case IMAGE_DETAIL ->
                part(new Part.Image("image/png", "aa", null)).apply(request).build();
            case FAILED_TOOL_RESULT ->
                request.message(ChatMessage.toolResult("c", "broke")).build();
            case STRICT_TOOLS, TOOL_CHOICE, PARALLEL_TOOL_CALLS -> tool(request).build();
            default -> request.build();
        };
    }

    private static String encoded(ChatRequest request) {
        return new String(
                MessagesRequestEncoder.encode(request, "claude-opus-4-6", null, false), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource(
            value = Construct.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"AUDIO", "AUDIO_OUTPUT", "FILE_ID", "NATIVE", "EMBEDDINGS", "DIMENSIONS", "INPUT_TYPE"})
    void what_is_lacking_is_dropped_and_all_else_is_said(Construct construct) {
        ChatRequest request =
                SAID.get(construct).apply(ChatRequest.builder().user("hello")).build();
        assertThat(Constructs.of(request)).contains(construct);
        boolean dropped = encoded(request).equals(encoded(without(construct)));
        assertThat(dropped).isEqualTo(DIALECT.lacks().contains(construct));
    }

    @Test
    void what_this_api_can_never_be_told_is_never_sent_here() {
        assertThat(DIALECT.lacks())
                .containsAll(EnumSet.of(
                        Construct.AUDIO,
                        Construct.AUDIO_OUTPUT,
                        Construct.FILE_ID,
                        Construct.NATIVE,
                        Construct.EMBEDDINGS));
    }

    @Test
    void nothing_of_its_own_format_is_lost() {
        assertThat(DIALECT.loses(WireFormat.ANTHROPIC_MESSAGES.id(), EnumSet.allOf(Construct.class)))
                .isEmpty();
        assertThat(DIALECT.signatures()).isEqualTo(AnthropicApi.VENDOR);
    }
}
