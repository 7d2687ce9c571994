package dev.tierway.adapter.providers.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatRequest;
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

class MessagesRequestEncoderTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OLD = "claude-sonnet-4-5";
    private static final String NEW = "claude-opus-4-8";
    /** The last that takes sampling parameters. */
    private static final String SAMPLED = "claude-opus-4-6";

    private static JsonNode encoded(ChatRequest request, String model) throws IOException {
        return JSON.readTree(MessagesRequestEncoder.encode(request, model, 4000, false));
    }

    private static void expect(ChatRequest request, String members) throws IOException {
        assertThat(encoded(request, NEW))
                .isEqualTo(JSON.readTree("{\"model\":\"" + NEW + "\",\"max_tokens\":4000," + members + "}"));
    }

    private static ChatMessage user(Part... parts) {
        return new ChatMessage(Role.USER, List.of(parts), null, List.of(), null);
    }

    private static final String HELLO = "\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]";

    @Test
    void a_plain_request_says_nothing_it_was_not_told() throws IOException {
        expect(ChatRequest.of("hello"), HELLO);
    }

    @Test
    void the_answers_cap_is_the_callers_else_the_models_else_a_default() throws IOException {
        ChatRequest capped =
                ChatRequest.builder().user("x").maxOutputTokens(50L).build();
        ChatRequest beyond =
                ChatRequest.builder().user("x").maxOutputTokens(5000L).build();
        assertThat(encoded(capped, NEW).path("max_tokens").asInt()).isEqualTo(50);
        assertThat(encoded(beyond, NEW).path("max_tokens").asInt()).isEqualTo(4000);
        byte[] uncapped = MessagesRequestEncoder.encode(ChatRequest.of("x"), NEW, null, true);
        assertThat(JSON.readTree(uncapped).path("max_tokens").asInt()).isEqualTo(8192);
        assertThat(JSON.readTree(uncapped).path("stream").asBoolean()).isTrue();
    }

    @Test
    void instructions_go_to_the_top_wherever_they_stood() throws IOException {
        ChatRequest request = ChatRequest.builder()
                .system("be brief")
                .user("a")
                .assistant("b")
                .message(new ChatMessage(Role.DEVELOPER, List.of(new Part.Text("in German")), null, List.of(), null))
                .user("c")
                .build();
        expect(request, """
            "system":[{"type":"text","text":"be brief"},{"type":"text","text":"in German"}],
            "messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"},{"role":"user","content":"c"}]
            """);
        expect(ChatRequest.builder().system("be brief").user("hello").build(), "\"system\":\"be brief\"," + HELLO);
    }

    @Test
    void instructions_alone_are_said_by_the_user() throws IOException {
        expect(ChatRequest.builder().system("hello").build(), HELLO);
    }

    @Test
    void neighbours_of_one_role_become_one_turn() throws IOException {
        ChatRequest request = ChatRequest.builder()
                .user("a")
                .user("b")
                .assistant("c")
                .assistant("")
                .assistant("d")
                .build();
        expect(request, """
            "messages":[
             {"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]},
             {"role":"assistant","content":[{"type":"text","text":"c"},{"type":"text","text":"d"}]}]
            """);
    }

    @Test
    void every_part_has_its_block() throws IOException {
        ChatRequest request = ChatRequest.builder()
                .message(user(
                        new Part.Text("what is this?"),
                        new Part.Image("image/png", "aGk=", null),
                        new Part.ImageUrl("https://x/y.png", null),
                        new Part.File("a.pdf", "application/pdf", "JVBE"),
                        new Part.File(null, "text/plain", "aGk="),
                        new Part.FileUrl("b.pdf", null, "https://x/b.pdf")))
                .build();
        expect(request, """
            "messages":[{"role":"user","content":[
             {"type":"text","text":"what is this?"},
             {"type":"image","source":{"type":"base64","media_type":"image/png","data":"aGk="}},
             {"type":"image","source":{"type":"url","url":"https://x/y.png"}},
             {"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"JVBE"},"title":"a.pdf"},
             {"type":"document","source":{"type":"text","media_type":"text/plain","data":"hi"}},
             {"type":"document","source":{"type":"url","url":"https://x/b.pdf"},"title":"b.pdf"}]}]
            """);
    }

    @Test
    void what_has_no_block_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encoded(
                        ChatRequest.builder()
                                .message(user(new Part.Audio("wav", "UklG")))
                                .build(),
                        NEW))
                .withMessageContaining("audio");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encoded(
                        ChatRequest.builder()
                                .message(user(new Part.File(null, "application/zip", "UEs=")))
                                .build(),
                        NEW))
                .withMessageContaining("application/zip");
    }

    @Test
    void calls_and_results_keep_their_order_their_failures_and_their_pictures() throws IOException {
        ChatRequest request = ChatRequest.builder()
                .user("look twice")
                .message(new ChatMessage(
                        Role.ASSISTANT,
                        List.of(
                                new Part.Reasoning("hm", "sig", "anthropic"),
                                new Part.SealedReasoning("xyz", "anthropic"),
                                new Part.Reasoning("not theirs", "sig", "google"),
                                new Part.Reasoning("unsigned", null, null),
                                new Part.Text("looking")),
                        null,
                        List.of(
                                new ToolCall("call_1", "look", new JsonText("{\"a\":1}")),
                                new ToolCall("functions.look:2", "look", new JsonText("\"not an object"))),
                        null))
                .message(new ChatMessage(
                        Role.TOOL,
                        List.of(new Part.Text("a cat"), new Part.Image("image/png", "aGk=", null)),
                        null,
                        List.of(),
                        "call_1"))
                .message(ChatMessage.toolFailure("functions.look:2", "no such thing"))
                .user("and?")
                .build();
        expect(request, """
            "messages":[
             {"role":"user","content":"look twice"},
             {"role":"assistant","content":[
              {"type":"thinking","thinking":"hm","signature":"sig"},
              {"type":"redacted_thinking","data":"xyz"},
              {"type":"text","text":"looking"},
              {"type":"tool_use","id":"call_1","name":"look","input":{"a":1}},
              {"type":"tool_use","id":"functions_look_2","name":"look","input":{"arguments":"\\"not an object"}}]},
             {"role":"user","content":[
              {"type":"tool_result","tool_use_id":"call_1","content":[
               {"type":"text","text":"a cat"},
               {"type":"image","source":{"type":"base64","media_type":"image/png","data":"aGk="}}]},
              {"type":"tool_result","tool_use_id":"functions_look_2","content":"no such thing","is_error":true},
              {"type":"text","text":"and?"}]}]
            """);
    }

    @Test
    void what_is_to_be_cached_is_marked() throws IOException {
        ChatRequest request = ChatRequest.builder()
                .message(new ChatMessage(
                        Role.SYSTEM, List.of(new Part.Text("long"), new Part.CachePoint(null)), null, List.of(), null))
                .message(user(new Part.Text("hello"), new Part.CachePoint("1h")))
                .tool(new ToolDefinition("a", null, null, null))
                .tool(new ToolDefinition("b", "does b", new JsonText("{\"type\":\"object\"}"), true))
                .toolsCached(new Part.CachePoint(null))
                .build();
        expect(request, """
            "system":[{"type":"text","text":"long","cache_control":{"type":"ephemeral"}}],
            "messages":[{"role":"user","content":[
             {"type":"text","text":"hello","cache_control":{"type":"ephemeral","ttl":"1h"}}]}],
            "tools":[{"name":"a","input_schema":{"type":"object","properties":{}}},
             {"name":"b","description":"does b","input_schema":{"type":"object"},"strict":true,
              "cache_control":{"type":"ephemeral"}}]
            """);
    }

    @Test
    void the_choice_of_tools_is_said_in_anthropics_words() throws IOException {
        assertThat(choice(new ToolChoice.Auto(), null)).isEqualTo("{\"type\":\"auto\"}");
        assertThat(choice(new ToolChoice.Required(), false))
                .isEqualTo("{\"type\":\"any\",\"disable_parallel_tool_use\":true}");
        assertThat(choice(new ToolChoice.Tool("t"), null)).isEqualTo("{\"type\":\"tool\",\"name\":\"t\"}");
        assertThat(choice(new ToolChoice.None(), true)).isEqualTo("{\"type\":\"none\"}");
        assertThat(choice(null, true)).isEqualTo("{\"type\":\"auto\",\"disable_parallel_tool_use\":false}");
        assertThat(choice(null, null)).isEmpty();
    }

    private static String choice(ToolChoice choice, Boolean parallel) throws IOException {
        JsonNode body = encoded(
                ChatRequest.builder()
                        .user("x")
                        .tool(new ToolDefinition("t", null, null, null))
                        .toolChoice(choice)
                        .parallelToolCalls(parallel)
                        .build(),
                NEW);
        return body.has("tool_choice") ? body.path("tool_choice").toString() : "";
    }

    @Test
    void everything_else_that_can_be_said_is_said() throws IOException {
        ChatRequest request = ChatRequest.builder()
                .user("hello")
                .responseFormat(new ResponseFormat.JsonSchema("n", new JsonText("{\"type\":\"object\"}"), true))
                .sampling(new Sampling(1.5, 0.9, 40L, 0.1, 0.2, 7L, List.of("END")))
                .endUser("ann")
                .metadata(Map.of("team", "search"))
                .serviceTier("priority")
                .choices(2)
                .topLogProbs(3)
                .extra("inference_geo", new JsonText("\"eu\""))
                .build();
        assertThat(encoded(request, SAMPLED))
                .isEqualTo(JSON.readTree("{\"model\":\"" + SAMPLED + "\",\"max_tokens\":4000," + HELLO + """
                    ,"output_config":{"format":{"type":"json_schema","schema":{"type":"object"}}},
                    "temperature":1.0,"top_p":0.9,"top_k":40,"stop_sequences":["END"],
                    "metadata":{"user_id":"ann"},"service_tier":"auto","inference_geo":"eu"}
                    """));
        for (String member : List.of("temperature", "top_p", "top_k")) {
            assertThat(encoded(request, NEW).has(member)).as(member).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "low     |      | {'thinking':{'type':'adaptive'},'output_config':{'effort':'low'}}    |"
                        + " {'thinking':{'type':'enabled','budget_tokens':2048}}",
                "minimal |      | {'thinking':{'type':'adaptive'},'output_config':{'effort':'low'}}    |"
                        + " {'thinking':{'type':'enabled','budget_tokens':2048}}",
                "high    |      | {'thinking':{'type':'adaptive'},'output_config':{'effort':'high'}}   |"
                        + " {'thinking':{'type':'enabled','budget_tokens':3999}}",
                "        | 2000 | {'thinking':{'type':'adaptive'},'output_config':{'effort':'low'}}    |"
                        + " {'thinking':{'type':'enabled','budget_tokens':2000}}",
                "        | 100  | {'thinking':{'type':'adaptive'},'output_config':{'effort':'low'}}    |"
                        + " {'thinking':{'type':'enabled','budget_tokens':1024}}",
                "none    |      | {} | {}",
                "        | 0    | {} | {}"
            })
    void thinking_is_asked_for_as_each_generation_wants_it(String effort, Long budget, String newer, String older)
            throws IOException {
        ChatRequest request = ChatRequest.builder()
                .user("hello")
                .reasoning(new Reasoning(effort, budget, null))
                .build();
        for (String model : List.of(NEW, OLD)) {
            JsonNode body = encoded(request, model);
            var said = JSON.createObjectNode();
            for (String member : List.of("thinking", "output_config")) {
                if (body.has(member)) {
                    said.set(member, body.get(member));
                }
            }
            assertThat(said).isEqualTo(JSON.readTree((model.equals(NEW) ? newer : older).replace('\'', '"')));
        }
    }

    @Test
    void thoughts_are_shown_or_not_as_asked() throws IOException {
        ChatRequest shown = ChatRequest.builder()
                .user("x")
                .reasoning(new Reasoning("low", null, true))
                .build();
        ChatRequest hidden = ChatRequest.builder()
                .user("x")
                .reasoning(new Reasoning("low", null, false))
                .build();
        assertThat(encoded(shown, NEW).at("/thinking/display").asText()).isEqualTo("summarized");
        assertThat(encoded(hidden, OLD).at("/thinking/display").asText()).isEqualTo("omitted");
    }

    @Test
    void a_budget_that_fits_no_answer_is_not_asked_for() throws IOException {
        ChatRequest request = ChatRequest.builder()
                .user("x")
                .maxOutputTokens(1000L)
                .reasoningEffort("high")
                .build();
        assertThat(encoded(request, OLD).has("thinking")).isFalse();
    }
}
