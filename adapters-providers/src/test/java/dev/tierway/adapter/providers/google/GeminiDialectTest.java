package dev.tierway.adapter.providers.google;

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
import dev.tierway.application.chat.ToolCall;
import dev.tierway.application.chat.ToolChoice;
import dev.tierway.application.chat.ToolDefinition;
import dev.tierway.domain.catalogue.Construct;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the table of dialects says Gemini lacks is what the encoder leaves out, and nothing else. */
class GeminiDialectTest {
    private static final String MODEL = "gemini-2.5-flash";
    private static final ToolDefinition TOOL = new ToolDefinition("f", null, null, null);

    /** Constructs no neutral request for a chat can say. */
    private static final Set<Construct> UNSAYABLE = Set.of(
            Construct.FILE_ID, Construct.NATIVE, Construct.EMBEDDINGS, Construct.DIMENSIONS, Construct.INPUT_TYPE);

    /** A request that says the construct, and the same one without it. */
    private record Pair(ChatRequest with, ChatRequest without) {}

    @TestFactory
    Stream<DynamicTest> each_construct_changes_what_gemini_is_sent_or_is_lacked() {
        return checks(true, "gemini");
    }

    @TestFactory
    Stream<DynamicTest> each_construct_changes_what_vertex_is_sent_or_is_lacked() {
        return checks(false, "vertex");
    }

    private static Stream<DynamicTest> checks(boolean serviceTiers, String kind) {
        RequestEncoder encoder = new RequestEncoder(serviceTiers, new ThoughtSignatures());
        return pairs().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey().words(), () -> {
                    Pair pair = entry.getValue();
                    assertThat(Constructs.of(pair.with)).contains(entry.getKey());
                    assertThat(Constructs.of(pair.without)).doesNotContain(entry.getKey());
                    boolean sent = !new String(encoder.encode(pair.with, MODEL), StandardCharsets.UTF_8)
                            .equals(new String(encoder.encode(pair.without, MODEL), StandardCharsets.UTF_8));
                    assertThat(Dialects.of(kind).lacks().contains(entry.getKey()))
                            .isEqualTo(!sent);
                }));
    }

    @Test
    void every_construct_is_tried() {
        assertThat(pairs().keySet())
                .containsAll(Stream.of(Construct.values())
                        .filter(construct -> !UNSAYABLE.contains(construct))
                        .toList());
        assertThat(Dialects.of("gemini").lacks())
                .contains(Construct.FILE_ID, Construct.NATIVE)
                .as("EmbeddingCodecTest has them")
                .doesNotContain(Construct.EMBEDDINGS, Construct.DIMENSIONS, Construct.INPUT_TYPE);
        assertThat(Dialects.of("gemini").signatures()).isEqualTo(ThoughtSignatures.VENDOR);
        assertThat(Dialects.of("vertex").signatures()).isEqualTo(ThoughtSignatures.VENDOR);
    }

    private static Map<Construct, Pair> pairs() {
        Map<Construct, Pair> pairs = new EnumMap<>(Construct.class);
        part(pairs, Construct.IMAGE_URL, new Part.ImageUrl("https://x/a.png", null));
        part(pairs, Construct.AUDIO, new Part.Audio("wav", "AAAA"));
        part(pairs, Construct.FILE, new Part.File("a.pdf", "application/pdf", "AAAA"));
        part(pairs, Construct.FILE_URL, new Part.FileUrl(null, null, "https://x/a.pdf"));
        part(pairs, Construct.CITATIONS, new Part.Citation("https://x", null, null, null, null));
        part(pairs, Construct.CACHE_CONTROL, new Part.CachePoint(null));
        pairs.put(
                Construct.UNSIGNED_REASONING,
                new Pair(
                        base().message(said(new Part.Reasoning("hm", null, null), new Part.Text("a")))
                                .build(),
                        base().message(said(new Part.Text("a"))).build()));
        pairs.put(
                Construct.IMAGE_DETAIL,
                new Pair(
                        base().message(asked(new Part.Image("image/png", "AAAA", "high")))
                                .build(),
                        base().message(asked(new Part.Image("image/png", "AAAA", null)))
                                .build()));
        put(pairs, Construct.TOOLS, base().tool(TOOL));
        pairs.put(
                Construct.STRICT_TOOLS,
                new Pair(
                        base().tool(new ToolDefinition("f", null, null, true)).build(),
                        base().tool(TOOL).build()));
        pairs.put(
                Construct.TOOL_CHOICE,
                new Pair(
                        base().tool(TOOL).toolChoice(new ToolChoice.Required()).build(),
                        base().tool(TOOL).build()));
        pairs.put(
                Construct.FAILED_TOOL_RESULT,
                new Pair(called(ChatMessage.toolFailure("1", "no")), called(ChatMessage.toolResult("1", "no"))));
        pairs.put(
                Construct.SPEAKER_NAME,
                new Pair(
                        base().message(new ChatMessage(Role.USER, List.of(new Part.Text("x")), "bob", List.of(), null))
                                .build(),
                        base().message(ChatMessage.user("x")).build()));
        put(pairs, Construct.PARALLEL_TOOL_CALLS, base().parallelToolCalls(false));
        put(pairs, Construct.JSON_MODE, base().responseFormat(new ResponseFormat.JsonObject()));
        put(
                pairs,
                Construct.JSON_SCHEMA,
                base().responseFormat(new ResponseFormat.JsonSchema("s", JsonText.EMPTY_OBJECT, null)));
        put(pairs, Construct.REASONING_EFFORT, base().reasoningEffort("low"));
        put(pairs, Construct.REASONING_BUDGET, base().reasoning(new Reasoning(null, 5L, null)));
        sampled(pairs, Construct.TEMPERATURE, new Sampling(1.0, null, null, null, null, null, List.of()));
        sampled(pairs, Construct.TOP_P, new Sampling(null, 1.0, null, null, null, null, List.of()));
        sampled(pairs, Construct.TOP_K, new Sampling(null, null, 1L, null, null, null, List.of()));
        sampled(pairs, Construct.FREQUENCY_PENALTY, new Sampling(null, null, null, 1.0, null, null, List.of()));
        sampled(pairs, Construct.PRESENCE_PENALTY, new Sampling(null, null, null, null, 1.0, null, List.of()));
        sampled(pairs, Construct.SEED, new Sampling(null, null, null, null, null, 1L, List.of()));
        sampled(pairs, Construct.STOP, new Sampling(null, null, null, null, null, null, List.of("x")));
        put(pairs, Construct.LOG_PROBS, base().topLogProbs(0));
        put(pairs, Construct.CHOICES, base().choices(2));
        put(pairs, Construct.USER, base().endUser("u"));
        put(pairs, Construct.METADATA, base().metadata(Map.of("a", "b")));
        put(pairs, Construct.SERVICE_TIER, base().serviceTier("flex"));
        put(
                pairs,
                Construct.AUDIO_OUTPUT,
                base().extra(new Extra("openai-chat", Map.of("modalities", new JsonText("[\"audio\"]")))));
        put(pairs, Construct.OTHER, base().extra(new Extra("other", Map.of("a", JsonText.EMPTY_OBJECT))));
        return pairs;
    }

    private static ChatRequest.Builder base() {
        return ChatRequest.builder().user("hello");
    }

    private static ChatRequest called(ChatMessage result) {
        return base().message(ChatMessage.assistant(List.of(new ToolCall("1", "f", JsonText.EMPTY_OBJECT))))
                .message(result)
                .build();
    }

    private static void part(Map<Construct, Pair> pairs, Construct construct, Part part) {
        pairs.put(
                construct,
                new Pair(
                        base().message(asked(new Part.Text("x"), part)).build(),
                        base().message(asked(new Part.Text("x"))).build()));
    }

    private static ChatMessage asked(Part... parts) {
        return new ChatMessage(Role.USER, List.of(parts), null, List.of(), null);
    }

    private static ChatMessage said(Part... parts) {
        return new ChatMessage(Role.ASSISTANT, List.of(parts), null, List.of(), null);
    }

    private static void sampled(Map<Construct, Pair> pairs, Construct construct, Sampling how) {
        put(pairs, construct, base().sampling(how));
    }

    private static void put(Map<Construct, Pair> pairs, Construct construct, ChatRequest.Builder with) {
        pairs.put(construct, new Pair(with.build(), base().build()));
    }
}
