package dev.tierway.adapter.http.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import dev.tierway.application.error.InvalidRequestException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesRequestDecoderTest {
    private static ChatRequest decode(String members) {
        return MessagesRequestDecoder.decode(("{\"model\":\"m\",\"max_tokens\":100," + members + "}").getBytes(UTF_8));
    }

    private static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    private static ChatMessage message(Role role, Part... parts) {
        return new ChatMessage(role, List.of(parts), null, List.of(), null);
    }

    @Test
    void a_conversation_becomes_messages_of_their_roles() {
        ChatRequest request = decode("""
            "system":[{"type":"text","text":"be brief","cache_control":{"type":"ephemeral","ttl":"1h"}}],
            "messages":[
             {"role":"user","content":[
              {"type":"text","text":"look"},
              {"type":"image","source":{"type":"base64","media_type":"image/png","data":"aGk="}},
              {"type":"image","source":{"type":"url","url":"https://a/b"}},
              {"type":"document","title":"a.pdf","source":{"type":"base64","media_type":"application/pdf","data":"JVBE"}},
              {"type":"document","source":{"type":"text","media_type":"text/plain","data":"hi"}},
              {"type":"document","source":{"type":"url","url":"https://a/c.pdf"}}]},
             {"role":"assistant","content":[
              {"type":"thinking","thinking":"hm","signature":"s"},
              {"type":"redacted_thinking","data":"xyz"},
              {"type":"text","text":"so","citations":[{"type":"char_location","cited_text":"q","document_title":"D"}]},
              {"type":"tool_use","id":"t1","name":"look","input":{"a":1}},
              {"type":"tool_use","id":"t2","name":"now","input":{}}]},
             {"role":"user","content":[
              {"type":"tool_result","tool_use_id":"t1","content":[{"type":"text","text":"a cat"}],
               "cache_control":{"type":"ephemeral"}},
              {"type":"tool_result","tool_use_id":"t2","is_error":true,"content":"broke"},
              {"type":"text","text":"and?"}]},
             {"role":"system","content":"in German"}]
            """);
        assertThat(request.messages())
                .containsExactly(
                        message(Role.SYSTEM, new Part.Text("be brief"), new Part.CachePoint("1h")),
                        message(
                                Role.USER,
                                new Part.Text("look"),
                                new Part.Image("image/png", "aGk=", null),
                                new Part.ImageUrl("https://a/b", null),
                                new Part.File("a.pdf", "application/pdf", "JVBE"),
                                new Part.File(null, "text/plain", "aGk="),
                                new Part.FileUrl(null, "application/pdf", "https://a/c.pdf")),
                        new ChatMessage(
                                Role.ASSISTANT,
                                List.of(
                                        new Part.Reasoning("hm", "s", "anthropic"),
                                        new Part.SealedReasoning("xyz", "anthropic"),
                                        new Part.Text("so"),
                                        new Part.Citation(null, "D", "q", null, null)),
                                null,
                                List.of(
                                        new ToolCall("t1", "look", new JsonText("{\"a\":1}")),
                                        new ToolCall("t2", "now", new JsonText("{}"))),
                                null),
                        new ChatMessage(
                                Role.TOOL,
                                List.of(new Part.Text("a cat"), new Part.CachePoint(null)),
                                null,
                                List.of(),
                                "t1"),
                        ChatMessage.toolFailure("t2", "broke"),
                        message(Role.USER, new Part.Text("and?")),
                        message(Role.SYSTEM, new Part.Text("in German")));
    }

    @Test
    void settings_have_their_neutral_places() {
        ChatRequest request = decode(HI + """
            ,"temperature":0.5,"top_p":0.9,"top_k":40,"stop_sequences":["END"],"metadata":{"user_id":"ann"},
            "service_tier":"standard_only","container":{"id":"c"},
            "output_config":{"format":{"type":"json_schema","schema":{"type":"object"}}},
            "tools":[{"name":"f","description":"d","input_schema":{"type":"object"},"strict":true,
             "cache_control":{"type":"ephemeral"}}],
            "tool_choice":{"type":"tool","name":"f","disable_parallel_tool_use":true}
            """);
        assertThat(request.maxOutputTokens()).isEqualTo(100);
        assertThat(request.sampling()).isEqualTo(new Sampling(0.5, 0.9, 40L, null, null, null, List.of("END")));
        assertThat(request.user()).isEqualTo("ann");
        assertThat(request.serviceTier()).isEqualTo("default");
        assertThat(request.responseFormat())
                .isEqualTo(new ResponseFormat.JsonSchema("response", new JsonText("{\"type\":\"object\"}"), true));
        assertThat(request.tools())
                .containsExactly(new ToolDefinition("f", "d", new JsonText("{\"type\":\"object\"}"), true));
        assertThat(request.toolsCached()).isEqualTo(new Part.CachePoint(null));
        assertThat(request.toolChoice()).isEqualTo(new ToolChoice.Tool("f"));
        assertThat(request.parallelToolCalls()).isFalse();
        assertThat(request.extra())
                .isEqualTo(new Extra("anthropic", Map.of("container", new JsonText("{\"id\":\"c\"}"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "\"stream\":false                                                          | -      | -    | -",
                "\"thinking\":{\"type\":\"disabled\"}                                      | none   | -    | -",
                "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000}                | -      | 2000 | -",
                "\"thinking\":{\"type\":\"adaptive\",\"display\":\"omitted\"}              | high   | -    | false",
                "\"thinking\":{\"type\":\"adaptive\"},\"output_config\":{\"effort\":\"low\"} | low  | -    | -",
                "\"output_config\":{\"effort\":\"max\"}                                    | max    | -    | -"
            })
    void thinking_is_an_effort_or_a_budget(String members, String effort, Long budget, Boolean shown) {
        assertThat(decode(HI + "," + members).reasoning()).isEqualTo(new Reasoning(effort, budget, shown));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"container_upload\",\"file_id\":\"f\"}]}]",
                "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image\",\"source\":{\"type\":\"file\",\"file_id\":\"f\"}}]}]",
                HI + ",\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"web_search\"}]"
            })
    void what_only_anthropic_has_is_refused_where_it_must_be_translated(String members) {
        assertThatThrownBy(() -> decode(members))
                .isInstanceOf(InvalidRequestException.class)
                .satisfies(e -> assertThat(((InvalidRequestException) e).code()).isEqualTo("unsupported_parameter"));
    }
}
