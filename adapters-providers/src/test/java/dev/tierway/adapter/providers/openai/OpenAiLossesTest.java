package dev.tierway.adapter.providers.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import dev.tierway.domain.catalogue.Dialect;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the dialect says it lacks is what leaves no trace in a body, and nothing else. */
class OpenAiLossesTest {
    private static final JsonText OBJECT = JsonText.EMPTY_OBJECT;

    private record Said(Consumer<ChatRequest.Builder> with, Consumer<ChatRequest.Builder> without) {}

    private static final Map<Construct, Said> SAYING = new EnumMap<>(Construct.class);

    static {
        part(Construct.IMAGE_URL, new Part.ImageUrl("https://x/y", null));
        part(Construct.AUDIO, new Part.Audio("wav", "QQ=="));
        part(Construct.FILE, new Part.File("a.pdf", "application/pdf", "QQ=="));
        part(Construct.FILE_URL, new Part.FileUrl("a.pdf", null, "https://x/a"));
        part(Construct.UNSIGNED_REASONING, new Part.Reasoning("hm", null, null));
        part(Construct.CITATIONS, new Part.Citation("https://x", null, null, null, null));
        part(Construct.CACHE_CONTROL, new Part.CachePoint("1h"));
        request(
                Construct.AUDIO_OUTPUT,
                r -> r.extra(new Extra("openai", Map.of("modalities", new JsonText("[\"audio\"]")))));
        request(Construct.TOOLS, r -> r.tool(new ToolDefinition("f", null, null, null)));
        request(Construct.JSON_SCHEMA, r -> r.responseFormat(new ResponseFormat.JsonSchema("s", OBJECT, null)));
        request(Construct.JSON_MODE, r -> r.responseFormat(new ResponseFormat.JsonObject()));
        request(Construct.TOOL_CHOICE, r -> r.toolChoice(new ToolChoice.Required()));
        request(Construct.PARALLEL_TOOL_CALLS, r -> r.parallelToolCalls(false));
        either(
                Construct.STRICT_TOOLS,
                r -> r.tool(new ToolDefinition("f", null, OBJECT, true)),
                r -> r.tool(new ToolDefinition("f", null, OBJECT, null)));
        either(
                Construct.FAILED_TOOL_RESULT,
                r -> r.message(ChatMessage.toolFailure("t", "x")),
                r -> r.message(ChatMessage.toolResult("t", "x")));
        request(Construct.REASONING_EFFORT, r -> r.reasoningEffort("low"));
        request(Construct.REASONING_BUDGET, r -> r.reasoning(new Reasoning(null, 9L, null)));
        sampling(Construct.TEMPERATURE, new Sampling(0.5, null, null, null, null, null, List.of()));
        sampling(Construct.TOP_P, new Sampling(null, 0.5, null, null, null, null, List.of()));
        sampling(Construct.TOP_K, new Sampling(null, null, 5L, null, null, null, List.of()));
        sampling(Construct.FREQUENCY_PENALTY, new Sampling(null, null, null, 0.5, null, null, List.of()));
        sampling(Construct.PRESENCE_PENALTY, new Sampling(null, null, null, null, 0.5, null, List.of()));
        sampling(Construct.SEED, new Sampling(null, null, null, null, null, 5L, List.of()));
        sampling(Construct.STOP, new Sampling(null, null, null, null, null, null, List.of("x")));
        request(Construct.LOG_PROBS, r -> r.topLogProbs(0));
        request(Construct.CHOICES, r -> r.choices(2));
        request(Construct.USER, r -> r.endUser("u"));
        request(Construct.METADATA, r -> r.metadata(Map.of("a", "b")));
        request(Construct.SERVICE_TIER, r -> r.serviceTier("flex"));
        either(
                Construct.SPEAKER_NAME,
                r -> r.message(new ChatMessage(Role.USER, List.of(new Part.Text("x")), "ann", List.of(), null)),
                r -> r.message(ChatMessage.user("x")));
        either(
                Construct.IMAGE_DETAIL,
                r -> r.message(user(new Part.Image("image/png", "QQ==", "low"))),
                r -> r.message(user(new Part.Image("image/png", "QQ==", null))));
        request(Construct.OTHER, r -> r.extra(new Extra("anthropic", Map.of("container", OBJECT))));
    }

    private static ChatMessage user(Part... parts) {
        return new ChatMessage(Role.USER, List.of(parts), null, List.of(), null);
    }

    private static void part(Construct construct, Part part) {
        either(construct, r -> r.message(user(new Part.Text("x"), part)), r -> r.message(user(new Part.Text("x"))));
    }

    private static void sampling(Construct construct, Sampling sampling) {
        request(construct, r -> r.sampling(sampling));
    }

    private static void request(Construct construct, Consumer<ChatRequest.Builder> with) {
        either(construct, with, r -> {});
    }

    private static void either(
            Construct construct, Consumer<ChatRequest.Builder> with, Consumer<ChatRequest.Builder> without) {
        SAYING.put(construct, new Said(with, without));
    }

    private static ChatRequest request(Consumer<ChatRequest.Builder> more) {
        ChatRequest.Builder request = ChatRequest.builder().user("x");
        more.accept(request);
        return request.build();
    }

    private static String body(ChatRequest request) {
        return new String(new ChatRequestEncoder(OpenAiDialect.OPENAI, true).encode(request, "m", false), UTF_8);
    }

    @Test
    void every_construct_is_tried() {
        assertThat(SAYING.keySet())
                .containsExactlyElementsOf(Stream.of(Construct.values())
                        .filter(construct -> !construct.untranslatable() && !construct.ofEmbeddings())
                        .toList());
    }

    static Stream<Construct> tried() {
        return SAYING.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("tried")
    void what_is_lacked_leaves_no_trace_and_nothing_else(Construct construct) {
        Said said = SAYING.get(construct);
        ChatRequest with = request(said.with());
        assertThat(Constructs.of(with)).contains(construct);
        Dialect dialect = Dialects.of("openai");
        if (construct.loss() == Construct.Loss.FAILS && dialect.lacks().contains(construct)) {
            assertThatThrownBy(() -> body(with)).isInstanceOf(IllegalArgumentException.class);
        } else {
            assertThat(body(with).equals(body(request(said.without()))))
                    .as(body(with))
                    .isEqualTo(dialect.lacks().contains(construct));
        }
    }

    @Test
    void members_of_its_own_dialect_go_out_as_they_are() {
        ChatRequest request = request(r -> r.extra(new Extra("openai", Map.of("verbosity", new JsonText("\"low\"")))));
        assertThat(body(request)).contains(",\"verbosity\":\"low\"");
    }

    @Test
    void an_extra_member_that_has_a_place_is_refused() {
        assertThatThrownBy(() -> body(request(r -> r.extra("temperature", new JsonText("1")))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'temperature'");
    }

    @Test
    void calls_and_results_survive() {
        ChatRequest request = request(r -> r.message(
                        ChatMessage.assistant(List.of(new ToolCall("t", "f", new JsonText("{\"a\":1}")))))
                .message(ChatMessage.toolResult("t", "x")));
        assertThat(body(request)).contains("\"arguments\":\"{\\\"a\\\":1}\"", "\"tool_call_id\":\"t\"");
    }
}
