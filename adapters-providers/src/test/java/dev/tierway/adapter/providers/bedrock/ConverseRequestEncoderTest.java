package dev.tierway.adapter.providers.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConverseRequestEncoderTest {
    static final String CLAUDE = "us.anthropic.claude-sonnet-4-6";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ToolDefinition WEATHER =
            new ToolDefinition("weather", "tells it", new JsonText("{\"type\":\"object\",\"properties\":{}}"), null);

    private static JsonNode encoded(ChatRequest.Builder request) throws IOException {
        return JSON.readTree(ConverseRequestEncoder.encode(request.build(), CLAUDE));
    }

    private static JsonNode json(String text) throws IOException {
        return JSON.readTree(text.replace('\'', '"').replace("#", "\\\""));
    }

    private static ChatMessage user(Part... parts) {
        return new ChatMessage(Role.USER, List.of(parts), null, List.of(), null);
    }

    @Test
    void what_the_system_says_stands_apart() throws Exception {
        assertThat(encoded(ChatRequest.builder()
                        .system("be kind")
                        .message(new ChatMessage(
                                Role.DEVELOPER, List.of(new Part.Text("be brief")), null, List.of(), null))
                        .user("hi")))
                .isEqualTo(json("{'messages':[{'role':'user','content':[{'text':'hi'}]}],"
                        + "'system':[{'text':'be kind'},{'text':'be brief'}]}"));
    }

    @Test
    void images_audio_and_documents_go_by_value() throws Exception {
        assertThat(encoded(ChatRequest.builder()
                                .message(user(
                                        new Part.Text("look"),
                                        new Part.Image("image/jpg", "QUJD", null),
                                        new Part.Audio("wav", "QUJE"),
                                        new Part.File("Q3 report_v2.pdf", "application/pdf", "QUJF"),
                                        new Part.File("Q3 report_v2.pdf", "text/markdown; charset=utf-8", "QUJG"),
                                        new Part.File(null, "text/csv", "QUJH"))))
                        .path("messages")
                        .path(0)
                        .path("content"))
                .isEqualTo(json("[{'text':'look'},{'image':{'format':'jpeg','source':{'bytes':'QUJD'}}},"
                        + "{'audio':{'format':'wav','source':{'bytes':'QUJE'}}},"
                        + "{'document':{'format':'pdf','name':'Q3 report-v2','source':{'bytes':'QUJF'}}},"
                        + "{'document':{'format':'md','name':'Q3 report-v2 (2)','source':{'bytes':'QUJG'}}},"
                        + "{'document':{'format':'csv','name':'file','source':{'bytes':'QUJH'}}}]"));
    }

    @Test
    void what_bedrock_cannot_take_is_refused_in_words() {
        for (Part part : List.of(
                new Part.ImageUrl("https://example.com/a.png", null),
                new Part.FileUrl(null, null, "https://example.com/a.pdf"),
                new Part.File("a.zip", "application/zip", "QUJD"),
                new Part.Image("text/plain", "QUJD", null))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> encoded(ChatRequest.builder().message(user(part))))
                    .withMessageMatching(".*(Bedrock|no image).*");
        }
    }

    @Test
    void a_conversation_with_parallel_tools_goes_in_turns() throws Exception {
        assertThat(encoded(ChatRequest.builder()
                                .user("both?")
                                .message(ChatMessage.assistant(List.of(
                                        new ToolCall("c1", "weather", new JsonText("{\"city\":\"Bern\"}")),
                                        new ToolCall("c2", "weather", new JsonText("")))))
                                .message(ChatMessage.toolResult("c1", "sun"))
                                .message(ChatMessage.toolFailure("c2", "no city"))
                                .user("and?")
                                .tool(WEATHER))
                        .path("messages"))
                .isEqualTo(json("[{'role':'user','content':[{'text':'both?'}]},{'role':'assistant','content':["
                        + "{'toolUse':{'toolUseId':'c1','name':'weather','input':{'city':'Bern'}}},"
                        + "{'toolUse':{'toolUseId':'c2','name':'weather','input':{}}}]},{'role':'user','content':["
                        + "{'toolResult':{'toolUseId':'c1','content':[{'text':'sun'}]}},"
                        + "{'toolResult':{'toolUseId':'c2','content':[{'text':'no city'}],'status':'error'}},"
                        + "{'text':'and?'}]}]"));
    }

    @Test
    void arguments_that_are_no_object_are_kept_in_one() throws Exception {
        assertThat(encoded(ChatRequest.builder()
                                .user("x")
                                .message(ChatMessage.assistant(
                                        List.of(new ToolCall("c1", "weather", new JsonText("{\"ci"))))))
                        .at("/messages/1/content/0/toolUse/input"))
                .isEqualTo(json("{'arguments':'{#ci'}"));
    }

    @Test
    void ids_bedrock_would_refuse_are_renamed_alike_in_call_and_result() throws Exception {
        JsonNode messages = encoded(ChatRequest.builder()
                        .user("x")
                        .message(ChatMessage.assistant(
                                List.of(new ToolCall("functions.weather:0", "weather", JsonText.EMPTY_OBJECT))))
                        .message(ChatMessage.toolResult("functions.weather:0", "sun")))
                .path("messages");
        String id = messages.at("/1/content/0/toolUse/toolUseId").asText();
        assertThat(id).matches("[a-zA-Z0-9_-]{1,64}");
        assertThat(messages.at("/2/content/0/toolResult/toolUseId").asText()).isEqualTo(id);
        assertThat(ToolUseIds.of("functions.weather:1")).isNotEqualTo(id);
    }

    @Test
    void tools_and_choices() throws Exception {
        ToolDefinition bare = new ToolDefinition("now", null, null, true);
        assertThat(encoded(ChatRequest.builder()
                                .user("x")
                                .tool(WEATHER)
                                .tool(bare)
                                .toolsCached(new Part.CachePoint("1h"))
                                .toolChoice(new ToolChoice.Tool("now")))
                        .path("toolConfig"))
                .isEqualTo(json("{'tools':[{'toolSpec':{'name':'weather','description':'tells"
                        + " it','inputSchema':{'json':"
                        + "{'type':'object','properties':{}}}}},{'toolSpec':{'name':'now','inputSchema':{'json':{"
                        + "'type':'object','properties':{}}},'strict':true}},"
                        + "{'cachePoint':{'type':'default','ttl':'1h'}}],'toolChoice':{'tool':{'name':'now'}}}"));
        assertThat(choice(new ToolChoice.Auto())).isEqualTo(json("{'auto':{}}"));
        assertThat(choice(new ToolChoice.Required())).isEqualTo(json("{'any':{}}"));
    }

    private static JsonNode choice(ToolChoice choice) throws IOException {
        return encoded(ChatRequest.builder().user("x").tool(WEATHER).toolChoice(choice))
                .at("/toolConfig/toolChoice");
    }

    @Test
    void no_tools_wanted_leaves_them_out_or_says_so() throws Exception {
        ChatRequest.Builder fresh =
                ChatRequest.builder().user("x").tool(WEATHER).toolChoice(new ToolChoice.None());
        assertThat(encoded(fresh)).isEqualTo(json("{'messages':[{'role':'user','content':[{'text':'x'}]}]}"));

        // Bedrock wants the definitions of tools that were used.
        JsonNode used = encoded(ChatRequest.builder()
                .user("x")
                .message(ChatMessage.assistant(List.of(new ToolCall("c1", "weather", JsonText.EMPTY_OBJECT))))
                .message(ChatMessage.toolResult("c1", "sun"))
                .tool(WEATHER)
                .toolChoice(new ToolChoice.None()));
        assertThat(used.path("toolConfig").path("tools")).hasSize(1);
        assertThat(used.at("/system/0/text").asText()).contains("without calling any tool");
    }

    @Test
    void sampling_and_the_rest() throws Exception {
        assertThat(encoded(ChatRequest.builder()
                        .user("x")
                        .maxOutputTokens(100L)
                        .sampling(new Sampling(0.5, 0.9, 40L, null, null, null, List.of("END")))
                        .reasoning(new Reasoning("high", 2048L, null))
                        .responseFormat(new ResponseFormat.JsonSchema("s", new JsonText("{\"type\":\"object\"}"), true))
                        .metadata(Map.of("team", "search"))
                        .serviceTier("flex")))
                .isEqualTo(json("{'messages':[{'role':'user','content':[{'text':'x'}]}],'inferenceConfig':"
                        + "{'maxTokens':100,'temperature':0.5,'topP':0.9,'stopSequences':['END']},'outputConfig':"
                        + "{'textFormat':{'type':'json_schema','structure':{'jsonSchema':{'name':'s','schema':"
                        + "'{#type#:#object#}'}}},'effort':'high'},'additionalModelRequestFields':{'top_k':40,"
                        + "'thinking':{'type':'enabled','budget_tokens':2048}},'requestMetadata':{'team':'search'},"
                        + "'serviceTier':{'type':'flex'}}"));
    }

    @ParameterizedTest
    @CsvSource({
        "anthropic.claude-opus-4-6, top_k, thinking",
        "arn:aws:bedrock:eu-west-1:123456789012:application-inference-profile/abc, top_k, thinking",
        "eu.amazon.nova-pro-v1:0, inferenceConfig, reasoningConfig",
        "cohere.command-r-plus-v1:0, k, thinking",
        "mistral.mistral-large-2407-v1:0, top_k, thinking"
    })
    void parameters_of_a_models_own_have_its_familys_names(String model, String topK, String thinking)
            throws Exception {
        JsonNode fields = JSON.readTree(ConverseRequestEncoder.encode(
                        ChatRequest.builder()
                                .user("x")
                                .sampling(new Sampling(null, null, 5L, null, null, null, List.of()))
                                .reasoning(new Reasoning(null, 4096L, null))
                                .build(),
                        model))
                .path("additionalModelRequestFields");
        assertThat(fields.fieldNames()).toIterable().containsExactly(topK, thinking);
    }

    @Test
    void an_effort_of_none_asks_for_nothing_and_the_least_is_low() throws Exception {
        assertThat(encoded(ChatRequest.builder().user("x").reasoningEffort("none"))
                        .has("outputConfig"))
                .isFalse();
        assertThat(encoded(ChatRequest.builder().user("x").reasoningEffort("minimal"))
                        .at("/outputConfig/effort")
                        .asText())
                .isEqualTo("low");
    }

    @Test
    void only_bedrocks_own_reasoning_goes_back() throws Exception {
        ChatMessage thought = new ChatMessage(
                Role.ASSISTANT,
                List.of(
                        new Part.Reasoning("mine", "SIG", "bedrock"),
                        new Part.Reasoning("theirs", "SIG2", "anthropic"),
                        new Part.Reasoning("unsigned", null, null),
                        new Part.SealedReasoning("QUJD", "bedrock"),
                        new Part.SealedReasoning("QUJE", "openai"),
                        new Part.Text("so")),
                null,
                List.of(),
                null);
        assertThat(encoded(ChatRequest.builder().user("x").message(thought)).at("/messages/1/content"))
                .isEqualTo(json("[{'reasoningContent':{'reasoningText':{'text':'mine','signature':'SIG'}}},"
                        + "{'reasoningContent':{'redactedContent':'QUJD'}},{'text':'so'}]"));
    }

    @Test
    void a_turn_that_comes_out_empty_is_left_out_and_its_neighbours_are_one() throws Exception {
        ChatMessage empty =
                new ChatMessage(Role.ASSISTANT, List.of(new Part.Reasoning("x", null, null)), null, List.of(), null);
        assertThat(encoded(ChatRequest.builder().user("a").message(empty).user("b"))
                        .path("messages"))
                .isEqualTo(json("[{'role':'user','content':[{'text':'a'},{'text':'b'}]}]"));
    }

    @Test
    void cache_points_stand_where_they_were_put() throws Exception {
        ChatMessage system = new ChatMessage(
                Role.SYSTEM, List.of(new Part.Text("long"), new Part.CachePoint(null)), null, List.of(), null);
        JsonNode body = encoded(ChatRequest.builder()
                .message(system)
                .message(user(new Part.Text("a"), new Part.CachePoint("5m"), new Part.Text("b"))));
        assertThat(body.path("system")).isEqualTo(json("[{'text':'long'},{'cachePoint':{'type':'default'}}]"));
        assertThat(body.at("/messages/0/content"))
                .isEqualTo(json("[{'text':'a'},{'cachePoint':{'type':'default','ttl':'5m'}},{'text':'b'}]"));
    }

    @Test
    void the_callers_own_members_win_and_another_dialects_stay_away() throws Exception {
        assertThat(encoded(ChatRequest.builder()
                        .user("x")
                        .sampling(new Sampling(null, null, 5L, null, null, null, List.of()))
                        .extra("additionalModelRequestFields", new JsonText("{\"top_k\":7,\"a\":1}"))
                        .extra("performanceConfig", new JsonText("{\"latency\":\"optimized\"}"))))
                .isEqualTo(json("{'messages':[{'role':'user','content':[{'text':'x'}]}],'additionalModelRequestFields':"
                        + "{'top_k':7,'a':1},'performanceConfig':{'latency':'optimized'}}"));
        assertThat(encoded(ChatRequest.builder()
                                .user("x")
                                .extra(new Extra("openai", Map.of("store", new JsonText("true")))))
                        .has("store"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "anthropic.claude-3-haiku-20240307-v1:0, model/anthropic.claude-3-haiku-20240307-v1%3A0/converse",
        "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.amazon.nova-lite-v1:0,"
            + " model/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Ainference-profile%2Fus.amazon.nova-lite-v1%3A0/converse",
        "a b/ü?#, model/a%20b%2F%C3%BC%3F%23/converse"
    })
    void a_models_id_is_one_segment_of_the_path(String model, String path) {
        assertThat(ModelPath.of(model, false)).isEqualTo(path);
        assertThat(ModelPath.of(model, true)).isEqualTo(path + "-stream");
    }
}
