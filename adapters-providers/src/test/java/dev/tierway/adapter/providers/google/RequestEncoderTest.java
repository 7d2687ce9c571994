package dev.tierway.adapter.providers.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatRequest;
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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestEncoderTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NEW = "gemini-3-pro-preview";
    private static final String OLD = "gemini-2.5-flash";

    private final ThoughtSignatures signatures = new ThoughtSignatures();
    private final RequestEncoder encoder = new RequestEncoder(true, signatures);

    @Test
    void roles_are_users_and_models_and_instructions_stand_apart() {
        ChatRequest request = ChatRequest.builder()
                .system("be kind")
                .message(new ChatMessage(Role.DEVELOPER, List.of(new Part.Text("and short")), null, List.of(), null))
                .user("hi")
                .assistant("hello")
                .user("bye \"now\"")
                .build();
        assertThat(encoded(request, OLD)).isEqualTo(json("""
            {"systemInstruction":{"parts":[{"text":"be kind"},{"text":"and short"}]},
             "contents":[{"role":"user","parts":[{"text":"hi"}]},
                         {"role":"model","parts":[{"text":"hello"}]},
                         {"role":"user","parts":[{"text":"bye \\"now\\""}]}]}\
            """));
    }

    @Test
    void instructions_alone_are_what_the_user_says() {
        assertThat(encoded(ChatRequest.builder().system("count to 3").build(), OLD))
                .isEqualTo(json("{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"count to 3\"}]}]}"));
    }

    @Test
    void media_go_by_value_or_by_an_address_that_google_fetches() {
        ChatRequest request = ChatRequest.builder()
                .message(new ChatMessage(
                        Role.USER,
                        List.of(
                                new Part.Image("image/png", "aW1n", null),
                                new Part.Audio("mp3", "c25k"),
                                new Part.File("a.pdf", "application/pdf", "cGRm"),
                                new Part.ImageUrl("https://example.com/cat.JPG?size=1", null),
                                new Part.ImageUrl("https://example.com/cat", null),
                                new Part.FileUrl(null, null, "gs://bucket/report.pdf"),
                                new Part.FileUrl("x", "video/mp4", "https://youtu.be/abc")),
                        null,
                        List.of(),
                        null))
                .build();
        assertThat(encoded(request, OLD).at("/contents/0/parts")).isEqualTo(json("""
            [{"inlineData":{"mimeType":"image/png","data":"aW1n"}},
             {"inlineData":{"mimeType":"audio/mp3","data":"c25k"}},
             {"inlineData":{"mimeType":"application/pdf","data":"cGRm"}},
             {"fileData":{"fileUri":"https://example.com/cat.JPG?size=1","mimeType":"image/jpeg"}},
             {"fileData":{"fileUri":"https://example.com/cat"}},
             {"fileData":{"fileUri":"gs://bucket/report.pdf","mimeType":"application/pdf"}},
             {"fileData":{"fileUri":"https://youtu.be/abc","mimeType":"video/mp4"}}]\
            """));
    }

    @Test
    void tools_keep_their_schemas_as_they_were_written() {
        String schema = "{ \"type\":\"object\",\"$defs\":{\"a\":{}},\"properties\":{\"n\":{\"minimum\":1.50}} }";
        ChatRequest request = ChatRequest.builder()
                .user("x")
                .tool(new ToolDefinition("weather", "tells it", new JsonText(schema), null))
                .tool(new ToolDefinition("now", null, null, null))
                .build();
        assertThat(text(request, OLD))
                .contains("\"tools\":[{\"functionDeclarations\":[{\"name\":\"weather\",\"description\":\"tells it\","
                        + "\"parametersJsonSchema\":" + schema + "},{\"name\":\"now\"}]}]")
                .doesNotContain("toolConfig");
    }

    @Test
    void every_choice_of_tools_has_its_mode() {
        assertThat(mode(new ToolChoice.Auto(), null)).isEqualTo(json("{\"mode\":\"AUTO\"}"));
        assertThat(mode(new ToolChoice.None(), null)).isEqualTo(json("{\"mode\":\"NONE\"}"));
        assertThat(mode(new ToolChoice.Required(), null)).isEqualTo(json("{\"mode\":\"ANY\"}"));
        assertThat(mode(new ToolChoice.Tool("f"), null))
                .isEqualTo(json("{\"mode\":\"ANY\",\"allowedFunctionNames\":[\"f\"]}"));
        assertThat(mode(null, true)).isEqualTo(json("{\"mode\":\"VALIDATED\"}"));
        assertThat(mode(new ToolChoice.Required(), true)).isEqualTo(json("{\"mode\":\"ANY\"}"));
        assertThat(mode(null, false).isMissingNode()).isTrue();
    }

    private JsonNode mode(ToolChoice choice, Boolean strict) {
        return encoded(
                        ChatRequest.builder()
                                .user("x")
                                .tool(new ToolDefinition("f", null, null, strict))
                                .toolChoice(choice)
                                .build(),
                        OLD)
                .at("/toolConfig/functionCallingConfig");
    }

    @Test
    void calls_and_results_are_paired_by_id_and_name_and_results_of_one_turn_stand_together() {
        ChatRequest request = ChatRequest.builder()
                .user("weather?")
                .message(ChatMessage.assistant(List.of(
                        new ToolCall("a", "weather", new JsonText("{\"city\":\"Bern\"}")),
                        new ToolCall("b", "time", new JsonText("{}")),
                        new ToolCall("c", "broken", new JsonText("\"{half\"")))))
                .message(ChatMessage.toolResult("a", "{\"sky\":\"blue\"}"))
                .message(ChatMessage.toolResult("b", "noon"))
                .message(ChatMessage.toolFailure("c", "{no json"))
                .user("thanks")
                .build();
        assertThat(encoded(request, OLD).path("contents")).isEqualTo(json("""
            [{"role":"user","parts":[{"text":"weather?"}]},
             {"role":"model","parts":[{"functionCall":{"id":"a","name":"weather","args":{"city":"Bern"}}},
                                      {"functionCall":{"id":"b","name":"time","args":{}}},
                                      {"functionCall":{"id":"c","name":"broken","args":{"value":"{half"}}}]},
             {"role":"user","parts":[
                {"functionResponse":{"id":"a","name":"weather","response":{"output":{"sky":"blue"}}}},
                {"functionResponse":{"id":"b","name":"time","response":{"output":"noon"}}},
                {"functionResponse":{"id":"c","name":"broken","response":{"error":"{no json"}}}]},
             {"role":"user","parts":[{"text":"thanks"}]}]\
            """));
    }

    @Test
    void pictures_in_a_tools_result_are_its_parts() {
        ChatRequest request = ChatRequest.builder()
                .user("x")
                .message(ChatMessage.assistant(List.of(new ToolCall("a", "shot", JsonText.EMPTY_OBJECT))))
                .message(new ChatMessage(
                        Role.TOOL,
                        List.of(new Part.Text("here"), new Part.Image("image/png", "aW1n", null)),
                        null,
                        List.of(),
                        "a"))
                .build();
        assertThat(encoded(request, OLD).at("/contents/2/parts/0/functionResponse"))
                .isEqualTo(json("{\"id\":\"a\",\"name\":\"shot\",\"response\":{\"output\":\"here\"},"
                        + "\"parts\":[{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"aW1n\"}}]}"));
    }

    @Test
    void a_result_that_answers_no_call_can_not_be_said() {
        ChatRequest request = ChatRequest.builder()
                .user("x")
                .message(ChatMessage.toolResult("ghost", "1"))
                .build();
        assertThatThrownBy(() -> encoder.encode(request, OLD))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ghost");
    }

    @Test
    void sampling_and_the_rest_are_the_generation_config() {
        ChatRequest request = ChatRequest.builder()
                .user("x")
                .sampling(new Sampling(0.5, 0.9, 40L, 0.1, -0.2, 7L, List.of("END", "\n")))
                .maxOutputTokens(100L)
                .choices(3)
                .topLogProbs(2)
                .responseFormat(new ResponseFormat.JsonSchema("n", new JsonText("{\"type\":\"object\"}"), true))
                .serviceTier("default")
                .build();
        JsonNode body = encoded(request, OLD);
        assertThat(body.path("generationConfig")).isEqualTo(json("""
            {"temperature":0.5,"topP":0.9,"topK":40,"frequencyPenalty":0.1,"presencePenalty":-0.2,"seed":7,
             "stopSequences":["END","\\n"],"maxOutputTokens":100,"candidateCount":3,
             "responseLogprobs":true,"logprobs":2,
             "responseMimeType":"application/json","responseJsonSchema":{"type":"object"}}\
            """));
        assertThat(body.path("serviceTier").asText()).isEqualTo("standard");
    }

    @Test
    void json_mode_is_a_media_type() {
        assertThat(config(ChatRequest.builder().user("x").responseFormat(new ResponseFormat.JsonObject()), OLD))
                .isEqualTo(json("{\"responseMimeType\":\"application/json\"}"));
        assertThat(config(ChatRequest.builder().user("x").responseFormat(new ResponseFormat.PlainText()), OLD))
                .isEqualTo(json("{\"responseMimeType\":\"text/plain\"}"));
    }

    @Test
    void a_seed_of_more_than_32_bits_is_folded_always_alike() {
        Sampling how = new Sampling(null, null, null, null, null, 1L << 40, List.of());
        JsonNode seed =
                config(ChatRequest.builder().user("x").sampling(how), OLD).path("seed");
        assertThat(seed.isInt()).isTrue();
        assertThat(config(ChatRequest.builder().user("x").sampling(how), NEW).path("seed"))
                .isEqualTo(seed);
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-2.5-flash,none,'{\"thinkingBudget\":0}'",
        "gemini-2.5-flash,minimal,'{\"thinkingBudget\":1024}'",
        "gemini-2.5-pro,low,'{\"thinkingBudget\":1024}'",
        "gemini-2.5-pro,medium,'{\"thinkingBudget\":8192}'",
        "gemini-2.5-pro,high,'{\"thinkingBudget\":24576}'",
        "gemini-3-pro-preview,none,'{\"thinkingLevel\":\"MINIMAL\"}'",
        "gemini-3.8-flash,minimal,'{\"thinkingLevel\":\"MINIMAL\"}'",
        "gemini-3.8-flash,low,'{\"thinkingLevel\":\"LOW\"}'",
        "gemini-flash-latest,high,'{\"thinkingLevel\":\"HIGH\"}'",
        "gemini-3.8-flash,xhigh,'{\"thinkingLevel\":\"XHIGH\"}'",
    })
    void an_effort_is_a_level_or_for_older_models_a_budget(String model, String effort, String expected) {
        assertThat(config(ChatRequest.builder().user("x").reasoningEffort(effort), model)
                        .path("thinkingConfig"))
                .isEqualTo(json(expected));
    }

    @Test
    void a_budget_goes_before_an_effort_and_thoughts_are_shown_if_wished() {
        assertThat(config(ChatRequest.builder().user("x").reasoning(new Reasoning("high", 500L, true)), NEW)
                        .path("thinkingConfig"))
                .isEqualTo(json("{\"includeThoughts\":true,\"thinkingBudget\":500}"));
        assertThatThrownBy(() -> config(ChatRequest.builder().user("x").reasoningEffort("wild"), OLD))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("wild");
    }

    @Test
    void signatures_go_back_to_where_they_stood() {
        ChatRequest request = ChatRequest.builder()
                .user("x")
                .message(new ChatMessage(
                        Role.ASSISTANT,
                        List.of(
                                new Part.Reasoning("hm", "sigR", "google"),
                                new Part.Text("one"),
                                new Part.Text("two"),
                                new Part.SealedReasoning(ThoughtSignatures.sealText("sigT"), "google"),
                                new Part.SealedReasoning(ThoughtSignatures.sealCall("c:1", "sigC"), "google")),
                        null,
                        List.of(
                                new ToolCall("c:1", "f", JsonText.EMPTY_OBJECT),
                                new ToolCall("c2", "g", JsonText.EMPTY_OBJECT)),
                        null))
                .message(ChatMessage.toolResult("c:1", "1"))
                .message(ChatMessage.toolResult("c2", "2"))
                .build();
        assertThat(encoded(request, NEW).at("/contents/1/parts")).isEqualTo(json("""
            [{"text":"hm","thought":true,"thoughtSignature":"sigR"},
             {"text":"one"},{"text":"two","thoughtSignature":"sigT"},
             {"functionCall":{"id":"c:1","name":"f","args":{}},"thoughtSignature":"sigC"},
             {"functionCall":{"id":"c2","name":"g","args":{}}}]\
            """));
    }

    @Test
    void nothing_of_another_vendors_reasoning_is_sent() {
        ChatRequest request = ChatRequest.builder()
                .user("x")
                .message(new ChatMessage(
                        Role.ASSISTANT,
                        List.of(
                                new Part.Reasoning("secret", "sigA", "anthropic"),
                                new Part.Reasoning("plain", null, null),
                                new Part.SealedReasoning("text:sealed", "anthropic")),
                        null,
                        List.of(),
                        null))
                .user("y")
                .build();
        assertThat(encoded(request, NEW).path("contents")).isEqualTo(json("""
            [{"role":"user","parts":[{"text":"x"}]},{"role":"user","parts":[{"text":"y"}]}]\
            """));
    }

    @Test
    void a_signature_that_the_caller_lost_is_remembered() {
        signatures.remember("call_1", "kept");
        assertThat(encoded(afterCall("call_1"), NEW).at("/contents/1/parts/0/thoughtSignature"))
                .isEqualTo(json("\"kept\""));
    }

    @Test
    void a_call_that_nobody_signed_is_excused_where_signatures_are_checked() {
        assertThat(encoded(afterCall("call_2"), NEW).at("/contents/1/parts/0/thoughtSignature"))
                .isEqualTo(json("\"skip_thought_signature_validator\""));
        assertThat(encoded(afterCall("call_2"), OLD)
                        .at("/contents/1/parts/0/thoughtSignature")
                        .isMissingNode())
                .isTrue();
    }

    private static ChatRequest afterCall(String id) {
        return ChatRequest.builder()
                .user("x")
                .message(ChatMessage.assistant(List.of(new ToolCall(id, "f", JsonText.EMPTY_OBJECT))))
                .message(ChatMessage.toolResult(id, "1"))
                .build();
    }

    @Test
    void a_callers_own_members_are_laid_over_ours() {
        ChatRequest request = ChatRequest.builder()
                .user("x")
                .tool(new ToolDefinition("f", null, null, null))
                .sampling(new Sampling(0.5, null, null, null, null, null, List.of()))
                .extra("tools", new JsonText("[{\"googleSearch\":{}}]"))
                .extra("generationConfig", new JsonText("{\"responseModalities\":[\"TEXT\"],\"temperature\":1}"))
                .extra("cachedContent", new JsonText("\"cachedContents/1\""))
                .build();
        JsonNode body = encoded(request, OLD);
        assertThat(body.path("tools"))
                .isEqualTo(json("[{\"functionDeclarations\":[{\"name\":\"f\"}]},{\"googleSearch\":{}}]"));
        assertThat(body.path("generationConfig"))
                .isEqualTo(json("{\"temperature\":1,\"responseModalities\":[\"TEXT\"]}"));
        assertThat(body.path("cachedContent").asText()).isEqualTo("cachedContents/1");
        assertThatThrownBy(() -> encoder.encode(
                        ChatRequest.builder()
                                .user("x")
                                .extra("contents", new JsonText("[]"))
                                .build(),
                        OLD))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("contents");
    }

    @Test
    void another_dialects_members_stay_at_home() {
        ChatRequest request = ChatRequest.builder()
                .user("x")
                .extra(new Extra("anthropic-messages", Map.of("container", new JsonText("1"))))
                .build();
        assertThat(encoded(request, OLD).has("container")).isFalse();
    }

    private JsonNode config(ChatRequest.Builder request, String model) {
        return encoded(request.build(), model).path("generationConfig");
    }

    private JsonNode encoded(ChatRequest request, String model) {
        return json(text(request, model));
    }

    private String text(ChatRequest request, String model) {
        return new String(encoder.encode(request, model), StandardCharsets.UTF_8);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
