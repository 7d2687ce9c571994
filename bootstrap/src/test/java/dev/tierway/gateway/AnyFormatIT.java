package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tierway.adapter.providers.simulated.ScriptedFault;
import dev.tierway.adapter.providers.simulated.SimulatedScript;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** OpenAI's format and Anthropic's, in and out, each way. */
class AnyFormatIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CHAT = "/v1/chat/completions";
    private static final String MESSAGES = "/v1/messages";
    private static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"What is a spine?\"}]";
    private static final String SCHEMA =
            "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"]}";

    private MixedUpstreams fleet;

    @BeforeEach
    void start() throws Exception {
        fleet = new MixedUpstreams();
    }

    @AfterEach
    void stop() throws Exception {
        fleet.close();
    }

    private static JsonNode ok(HttpResponse<String> reply) throws Exception {
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return JSON.readTree(reply.body());
    }

    @Test
    void an_openai_client_gets_claudes_answer() throws Exception {
        HttpResponse<String> reply = fleet.post(
                CHAT,
                "{\"model\":\"c\",\"messages\":[{\"role\":\"system\",\"content\":\"be brief\"},"
                        + "{\"role\":\"user\",\"content\":\"What is a spine?\"}]}");
        JsonNode answer = ok(reply);
        assertThat(answer.at("/choices/0/message/content").asText()).contains("What is a spine?");
        assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(answer.at("/usage/completion_tokens").asLong()).isPositive();
        JsonNode sent = JSON.readTree(MixedUpstreams.arrived(fleet.claude));
        assertThat(sent.path("model").asText()).isEqualTo("claude-up");
        assertThat(sent.path("system").asText()).isEqualTo("be brief");
        assertThat(sent.path("max_tokens").asInt()).isEqualTo(4000);
        assertThat(fleet.claude.recorded().getLast().headers()).containsEntry("x-api-key", "sk-ant-test");
    }

    @Test
    void an_openai_client_gets_claudes_stream_with_usage() throws Exception {
        String body = fleet.post(
                        CHAT,
                        "{\"model\":\"c\",\"stream\":true,\"stream_options\":{\"include_usage\":true}," + HI + "}")
                .body();
        assertThat(body).contains("\"content\":\"This\"").endsWith("data: [DONE]\n\n");
        assertThat(body.split("\"usage\":\\{", -1)).as("usage, once").hasSize(2);
        assertThat(body).contains("\"finish_reason\":\"stop\"");
    }

    @Test
    void an_openai_client_gets_claudes_tool_call() throws Exception {
        String body =
                "{\"model\":\"c\"," + HI + ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"weather\","
                        + "\"parameters\":" + SCHEMA + "}}],\"tool_choice\":\"required\"}";
        JsonNode call = ok(fleet.post(CHAT, body)).at("/choices/0/message/tool_calls/0");
        assertThat(call.at("/function/name").asText()).isEqualTo("weather");
        assertThat(JSON.readTree(call.at("/function/arguments").asText()).has("city"))
                .isTrue();
        String stream = fleet.post(CHAT, body.replace("{\"model\"", "{\"stream\":true,\"model\""))
                .body();
        assertThat(stream).contains("\"name\":\"weather\"").contains("\"finish_reason\":\"tool_calls\"");
    }

    @Test
    void an_anthropic_client_gets_gpts_answer() throws Exception {
        JsonNode answer =
                ok(fleet.post(MESSAGES, "{\"model\":\"g\",\"max_tokens\":500,\"system\":\"be brief\"," + HI + "}"));
        assertThat(answer.path("type").asText()).isEqualTo("message");
        assertThat(answer.at("/content/0/text").asText()).contains("What is a spine?");
        assertThat(answer.path("stop_reason").asText()).isEqualTo("end_turn");
        assertThat(answer.at("/usage/output_tokens").asLong()).isPositive();
        JsonNode sent = JSON.readTree(MixedUpstreams.arrived(fleet.gpt));
        assertThat(sent.at("/messages/0/role").asText()).isEqualTo("system");
        assertThat(sent.path("max_tokens").asInt()).isEqualTo(500);
    }

    @Test
    void an_anthropic_client_gets_gpts_stream_and_tool_call() throws Exception {
        String tools = ",\"tools\":[{\"name\":\"weather\",\"input_schema\":" + SCHEMA
                + "}],\"tool_choice\":{\"type\":\"any\"}";
        String text = fleet.post(MESSAGES, "{\"model\":\"g\",\"max_tokens\":500,\"stream\":true," + HI + "}")
                .body();
        assertThat(text)
                .startsWith("event: message_start\n")
                .contains("\"text_delta\",\"text\":\"This\"")
                .contains("\"stop_reason\":\"end_turn\"")
                .contains("event: message_stop\ndata: {\"type\":\"message_stop\",\"tierway\":{");
        String called = fleet.post(MESSAGES, "{\"model\":\"g\",\"max_tokens\":500,\"stream\":true," + HI + tools + "}")
                .body();
        assertThat(called)
                .contains("\"type\":\"tool_use\",\"id\":\"call_")
                .contains("input_json_delta")
                .contains("\"stop_reason\":\"tool_use\"");
        JsonNode whole = ok(fleet.post(MESSAGES, "{\"model\":\"g\",\"max_tokens\":500," + HI + tools + "}"));
        assertThat(whole.at("/content/0/input/city").isTextual()).isTrue();
    }

    @Test
    void between_anthropics_ends_only_the_splices_change() throws Exception {
        String ours = "\"tierway\":{\"seed\":7}, ";
        String sent = "{ \"x_unknown\":{\"deep\":[1, 2.50, \"\\u00e9 é\"]},\r\n\t" + ours
                + "\"max_tokens\":500 , \"model\" :\"c\", " + HI + ",\"temperature\":1.0e0 }";
        HttpResponse<String> reply = fleet.post(MESSAGES, sent);
        assertThat(ok(reply).path("id").asText()).startsWith("msg_sim_");
        assertThat(MixedUpstreams.arrived(fleet.claude))
                .isEqualTo(sent.replace(ours.strip(), "").replace("\"c\"", "\"claude-up\""));
        String stream =
                fleet.post(MESSAGES, sent.replace("{ ", "{\"stream\":true,")).body();
        assertThat(stream)
                .startsWith("event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_sim_")
                .contains("event: message_stop\ndata: {\"type\":\"message_stop\",\"tierway\":{");
    }

    @Test
    void a_tier_spills_from_one_format_to_the_other_and_back_to_the_callers() throws Exception {
        fleet.claude.scripts().standard(SimulatedScript.HEALTHY.fault(ScriptedFault.status(529)));
        JsonNode answer = ok(fleet.post(MESSAGES, "{\"model\":\"tier:mid/chat\",\"max_tokens\":500," + HI + "}"));
        assertThat(answer.path("type").asText()).isEqualTo("message");
        assertThat(answer.path("model").asText()).isEqualTo("gpt-up");
        JsonNode completion = ok(fleet.post(CHAT, "{\"model\":\"tier:mid/chat\"," + HI + "}"));
        assertThat(completion.path("object").asText()).isEqualTo("chat.completion");
    }

    /** Reasoning nobody signed keeps a body from going through as it is: then it is read, and written again. */
    @Test
    void a_message_that_is_translated_for_anthropic_says_the_same_as_before() throws Exception {
        String unsigned = "{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"\"},";
        String sent = """
            {"model":"c","max_tokens":500,
             "system":[{"type":"text","text":"be brief","cache_control":{"type":"ephemeral","ttl":"1h"}}],
             "messages":[
              {"role":"user","content":[
               {"type":"text","text":"look"},
               {"type":"image","source":{"type":"base64","media_type":"image/png","data":"aGk="}},
               {"type":"image","source":{"type":"url","url":"https://a/b.png"}},
               {"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"JVBE"},"title":"a.pdf"},
               {"type":"document","source":{"type":"text","media_type":"text/plain","data":"hi"}},
               {"type":"document","source":{"type":"url","url":"https://a/c.pdf"}}]},
              {"role":"assistant","content":[
               %s
               {"type":"thinking","thinking":"signed","signature":"s1"},
               {"type":"redacted_thinking","data":"xyz"},
               {"type":"text","text":"looking"},
               {"type":"tool_use","id":"toolu_1","name":"look","input":{"deep":[1,{"a":null}]}}]},
              {"role":"user","content":[
               {"type":"tool_result","tool_use_id":"toolu_1","content":[{"type":"text","text":"a cat"},
                {"type":"image","source":{"type":"base64","media_type":"image/png","data":"aGk="}}],"is_error":true},
               {"type":"text","text":"and?","cache_control":{"type":"ephemeral"}}]}],
             "tools":[{"name":"look","description":"looks","input_schema":{"type":"object"},"strict":true,
              "cache_control":{"type":"ephemeral"}}],
             "tool_choice":{"type":"auto","disable_parallel_tool_use":true},
             "output_config":{"format":{"type":"json_schema","schema":{"type":"object"}},"effort":"low"},
             "thinking":{"type":"adaptive","display":"omitted"},
             "temperature":0.5,"top_p":0.9,"top_k":40,"stop_sequences":["END"],
             "metadata":{"user_id":"ann"},"service_tier":"auto"}
            """;
        ok(fleet.post(MESSAGES, sent.formatted(unsigned)));
        assertThat(JSON.readTree(MixedUpstreams.arrived(fleet.claude)))
                .isEqualTo(JSON.readTree(sent.formatted("").replace("\"c\"", "\"claude-up\"")));
    }
}
