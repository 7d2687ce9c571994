package dev.tierway.application.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.catalogue.Construct;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConstructsTest {
    private static Set<Construct> of(UnaryOperator<ChatRequest.Builder> change) {
        return Constructs.of(change.apply(ChatRequest.builder().user("x")).build());
    }

    private static Arguments parts(Set<Construct> expected, Part... parts) {
        return row(
                expected,
                request -> request.message(new ChatMessage(Role.USER, List.of(parts), null, List.of(), null)));
    }

    private static Arguments row(Set<Construct> expected, UnaryOperator<ChatRequest.Builder> change) {
        return Arguments.of(change, expected);
    }

    private static Arguments sampled(Construct expected, Sampling how) {
        return row(EnumSet.of(expected), request -> request.sampling(how));
    }

    static List<Arguments> requests() {
        List<Arguments> rows = new ArrayList<>();
        rows.add(parts(Set.of(), new Part.Text("t"), new Part.Refusal("no"), new Part.Image("image/png", "aa", null)));
        rows.add(parts(EnumSet.of(Construct.IMAGE_DETAIL), new Part.Image("image/png", "aa", "low")));
        rows.add(parts(EnumSet.of(Construct.IMAGE_URL), new Part.ImageUrl("https://a/b", null)));
        rows.add(parts(EnumSet.of(Construct.AUDIO), new Part.Audio("wav", "aa")));
        rows.add(parts(EnumSet.of(Construct.FILE), new Part.File("f", "application/pdf", "aa")));
        rows.add(parts(EnumSet.of(Construct.FILE, Construct.FILE_URL), new Part.FileUrl(null, null, "https://a/b")));
        rows.add(parts(EnumSet.of(Construct.UNSIGNED_REASONING), new Part.Reasoning("hm", null, null)));
        rows.add(parts(Set.of(), new Part.Reasoning("hm", "s", "v"), new Part.SealedReasoning("d", "v")));
        rows.add(parts(EnumSet.of(Construct.CITATIONS), new Part.Citation("https://a", null, null, null, null)));
        rows.add(parts(EnumSet.of(Construct.CACHE_CONTROL), new Part.CachePoint(null)));
        rows.add(row(EnumSet.of(Construct.CACHE_CONTROL), request -> request.toolsCached(new Part.CachePoint("1h"))));
        rows.add(row(
                EnumSet.of(Construct.TOOLS, Construct.FAILED_TOOL_RESULT),
                request -> request.message(ChatMessage.toolFailure("c", "broke"))));
        rows.add(row(
                EnumSet.of(Construct.TOOLS, Construct.STRICT_TOOLS),
                request -> request.tool(new ToolDefinition("f", null, null, true))));
        rows.add(row(EnumSet.of(Construct.TOOL_CHOICE), request -> request.toolChoice(new ToolChoice.Required())));
        rows.add(row(Set.of(), request -> request.toolChoice(new ToolChoice.Auto())));
        rows.add(row(EnumSet.of(Construct.PARALLEL_TOOL_CALLS), request -> request.parallelToolCalls(false)));
        rows.add(row(
                EnumSet.of(Construct.JSON_MODE), request -> request.responseFormat(new ResponseFormat.JsonObject())));
        rows.add(row(
                EnumSet.of(Construct.JSON_SCHEMA),
                request -> request.responseFormat(new ResponseFormat.JsonSchema("s", JsonText.EMPTY_OBJECT, null))));
        rows.add(sampled(Construct.TEMPERATURE, new Sampling(.5, null, null, null, null, null, List.of())));
        rows.add(sampled(Construct.TOP_P, new Sampling(null, .5, null, null, null, null, List.of())));
        rows.add(sampled(Construct.TOP_K, new Sampling(null, null, 5L, null, null, null, List.of())));
        rows.add(sampled(Construct.FREQUENCY_PENALTY, new Sampling(null, null, null, .5, null, null, List.of())));
        rows.add(sampled(Construct.PRESENCE_PENALTY, new Sampling(null, null, null, null, .5, null, List.of())));
        rows.add(sampled(Construct.SEED, new Sampling(null, null, null, null, null, 5L, List.of())));
        rows.add(sampled(Construct.STOP, new Sampling(null, null, null, null, null, null, List.of("END"))));
        rows.add(row(EnumSet.of(Construct.CHOICES), request -> request.choices(2)));
        rows.add(row(EnumSet.of(Construct.REASONING_EFFORT), request -> request.reasoningEffort("low")));
        rows.add(row(
                EnumSet.of(Construct.REASONING_BUDGET),
                request -> request.reasoning(new Reasoning(null, 1000L, null))));
        rows.add(row(EnumSet.of(Construct.USER), request -> request.endUser("u")));
        rows.add(row(EnumSet.of(Construct.LOG_PROBS), request -> request.topLogProbs(0)));
        rows.add(row(EnumSet.of(Construct.METADATA), request -> request.metadata(Map.of("a", "b"))));
        rows.add(row(EnumSet.of(Construct.SERVICE_TIER), request -> request.serviceTier("flex")));
        rows.add(row(
                EnumSet.of(Construct.SPEAKER_NAME),
                request -> request.message(
                        new ChatMessage(Role.USER, List.of(new Part.Text("t")), "Ada", List.of(), null))));
        return rows;
    }

    @ParameterizedTest
    @MethodSource("requests")
    void every_construct_is_found(UnaryOperator<ChatRequest.Builder> change, Set<Construct> expected) {
        assertThat(of(change)).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void only_members_of_some_dialect_may_be_lost_and_never_what_the_caller_vouches_for() {
        Map<String, JsonText> members = Map.of("verbosity", new JsonText("\"low\""));
        Extra openAis = new Extra("openai", members);
        Extra vouched = Extra.NONE.with("verbosity", new JsonText("\"low\""));

        assertThat(of(request -> request.extra(openAis))).containsExactly(Construct.OTHER);
        assertThat(of(request -> request.extra(vouched))).isEmpty();
        assertThat(openAis.sentIn("openai")).isEqualTo(members);
        assertThat(openAis.sentIn("gemini")).isEmpty();
        assertThat(vouched.sentIn("gemini")).isEqualTo(members);
    }
}
