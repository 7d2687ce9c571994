package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.error.CallDeniedException;
import dev.tierway.application.error.TierwayException;
import dev.tierway.application.plugin.Hooks;
import dev.tierway.application.plugin.RequestVerdict;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.catalogue.Target;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Plugins through a running gateway: over HTTP, streamed and not, and from Java. */
class PluginsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private TwoUpstreams fleet;

    @AfterEach
    void stop() throws Exception {
        fleet.close();
    }

    private void start(String plugins) throws Exception {
        fleet = new TwoUpstreams("adaptive", "plugins:\n" + plugins);
    }

    private static String chat(String more, String text) {
        return "{ \"model\":\"m\",\"x_unknown\" : 1," + more + "\"messages\":[{\"role\":\"user\",\"content\":\"" + text
                + "\"}] }";
    }

    private HttpResponse<String> ask(String more, String text) throws Exception {
        return fleet.post("/v1/chat/completions", chat(more, text));
    }

    private String arrived() {
        return new String(fleet.a.recorded().getLast().body(), StandardCharsets.UTF_8);
    }

    private JsonNode decision(HttpResponse<String> reply) throws Exception {
        String id = reply.headers().firstValue("x-tierway-decision").orElseThrow();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        HttpResponse<String> found = fleet.get("/v1/route/decisions/" + id);
        while (found.statusCode() != 200 && System.nanoTime() < until) {
            found = fleet.get("/v1/route/decisions/" + id);
        }
        return JSON.readTree(found.body());
    }

    private String admin(String path) throws Exception {
        return fleet.client
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + fleet.gateway.adminPort() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static String header(HttpResponse<String> reply, String name) {
        return reply.headers().firstValue(name).orElse("none");
    }

    @Test
    void plugins_that_change_nothing_leave_the_body_byte_for_byte() throws Exception {
        start("""
              - { name: word-filter, config: { blocked: [forbidden] } }
              - { name: limits, config: { max-tokens: 100000 } }
              - { name: request-logger }
              - { name: headers, config: { x-team: blue } }
            """);
        HttpResponse<String> reply = ask("", "hi");

        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        assertThat(arrived()).isEqualTo(chat("", "hi").replace("\"m\"", "\"m-at-a\""));
        assertThat(fleet.a.recorded().getLast().headers().get("x-team")).isEqualTo("blue");
        assertThat(header(reply, "x-tierway-warnings")).isEqualTo("none");
    }

    @Test
    void a_denied_call_is_a_400_whose_decision_names_the_plugin() throws Exception {
        start("  - { name: word-filter, id: names, config: { blocked: [secret-project] } }\n");
        HttpResponse<String> reply = ask("", "our Secret Project");

        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(reply.headers().firstValue("x-should-retry")).contains("false");
        JsonNode error = JSON.readTree(reply.body()).get("error");
        assertThat(error.get("code").textValue()).isEqualTo("call_denied");
        assertThat(error.get("message").textValue()).contains("names").doesNotContain("Secret");
        assertThat(fleet.a.recorded()).isEmpty();
        JsonNode decision = decision(reply);
        assertThat(decision.at("/outcome/status").textValue()).isEqualTo("denied");
        assertThat(decision.at("/plugins/0/plugin").textValue()).isEqualTo("names");
        assertThat(decision.at("/plugins/0/outcome").textValue()).isEqualTo("denied");
        assertThat(admin("/metrics"))
                .contains(
                        "tierway_plugin_uses_total{outcome=\"denied\",plugin=\"names\",stage=\"before-routing\"} 1.0");

        HttpResponse<String> streamed = ask("\"stream\":true,", "our secret project");
        assertThat(streamed.statusCode()).isEqualTo(400);
        HttpResponse<String> anthropic = fleet.post(
                "/v1/messages",
                "{\"model\":\"m\",\"max_tokens\":10,\"messages\":[{\"role\":\"user\",\"content\":\"secret"
                        + " project\"}]}");
        assertThat(anthropic.statusCode()).isEqualTo(400);
        assertThat(anthropic.body()).contains("\"type\":\"error\"");
    }

    @Test
    void the_same_request_twice_costs_one_upstream_call_unary_and_streamed() throws Exception {
        start("  - { name: response-cache }\n");
        for (String stream : new String[] {"", "\"stream\":true,\"stream_options\":{\"include_usage\":true},"}) {
            int before = fleet.a.recorded().size();
            HttpResponse<String> first = ask("\"temperature\":0," + stream, "hi");
            HttpResponse<String> second = ask(stream + "\"temperature\" : 0.0 , ", "hi");

            assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
            assertThat(header(first, "x-tierway-cache")).isEqualTo("miss");
            assertThat(header(second, "x-tierway-cache")).isEqualTo("hit");
            assertThat(header(second, "x-tierway-replica")).isEqualTo("none");
            assertThat(fleet.a.recorded()).hasSize(before + 1);
            JsonNode decision = decision(second);
            assertThat(decision.at("/outcome/status").textValue()).isEqualTo("answered");
            assertThat(decision.at("/outcome/cached").booleanValue()).isTrue();
            assertThat(decision.at("/outcome/cost_usd").textValue()).isEqualTo("0");
            if (stream.isEmpty()) {
                assertThat(second.body()).isEqualTo(first.body());
                assertThat(header(second, "x-tierway-cost-usd")).isEqualTo("0");
            } else {
                assertThat(withoutOurs(second.body())).isEqualTo(withoutOurs(first.body()));
                assertThat(second.body()).endsWith("data: [DONE]\n\n").contains("\"cost_usd\":\"0\"");
            }
        }
        assertThat(header(ask("", "hi"), "x-tierway-cache")).isEqualTo("none");
    }

    /** But for what each call's own end says. */
    private static String withoutOurs(String stream) {
        return stream.replaceAll(",\"tierway\":\\{[^}]*}", "");
    }

    @Test
    void what_is_personal_reaches_no_vendor_and_comes_back_to_the_caller_alone() throws Exception {
        start("  - { name: pii-redaction, config: { restore: true } }\n");
        HttpResponse<String> reply = ask("", "I am jo@mail.example, say [EMAIL_1]");

        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        assertThat(arrived()).doesNotContain("jo@mail").contains("[EMAIL_2]");
        assertThat(header(reply, "x-tierway-warnings"))
                .contains("pii-redaction")
                .contains("encoded anew without 1 email");
        assertThat(decision(reply).at("/plugins/0/outcome").textValue()).isEqualTo("changed");
    }

    @Test
    void limits_and_prompts_change_what_is_sent_and_routed() throws Exception {
        start("""
              - { name: limits, config: { max-tokens: 7, action: cap } }
              - { name: prompt, config: { text: "Be brief.", how: prepend } }
              - { name: rate-limit, config: { id: two, requests-per-hour: 2 } }
            """);
        assertThat(ask("\"max_tokens\":9000,", "hi").statusCode()).isEqualTo(200);
        JsonNode sent = JSON.readTree(arrived());
        JsonNode tokens = sent.has("max_tokens") ? sent.get("max_tokens") : sent.get("max_completion_tokens");
        assertThat(tokens.intValue()).isEqualTo(7);
        assertThat(sent.at("/messages/0/content").textValue()).isEqualTo("Be brief.");

        assertThat(ask("", "hi").statusCode()).isEqualTo(200);
        assertThat(ask("", "hi").statusCode()).isEqualTo(429);
        assertThat(admin("/admin/quota")).contains("\"rule\":\"two\"");
    }

    @Test
    void calls_from_java_pass_the_same_plugins_and_those_attached_while_running() throws Exception {
        start("  - { name: word-filter, config: { blocked: [forbidden] } }\n");
        var tierway = fleet.gateway.tierway();
        assertThat(failure("forbidden fruit")).isInstanceOf(CallDeniedException.class);

        AtomicInteger ended = new AtomicInteger();
        tierway.plugins()
                .attach(Hooks.before(
                        "veto",
                        call -> call.text().contains("veto")
                                ? RequestVerdict.deny("vetoed")
                                : RequestVerdict.change(ChatRequest.of("other"), "all")));
        tierway.plugins().attach(Hooks.after("after", (call, selection) -> {
            ended.incrementAndGet();
            throw new IllegalStateException("costs nobody the answer");
        }));
        assertThat(failure("veto")).hasMessageContaining("vetoed");
        var routed = tierway.call(Target.model("m"), ChatRequest.of("fruit"), CallOptions.NONE);

        assertThat(routed.selection().result()).isInstanceOf(CallResult.Delivered.class);
        assertThat(arrived()).contains("other").doesNotContain("fruit");
        assertThat(ended).hasValue(2);
        assertThat(ask("", "hi").statusCode()).isEqualTo(200);
        assertThat(arrived()).contains("other");
        tierway.plugins().detach("veto");
        assertThat(ask("", "hi").statusCode()).isEqualTo(200);
        assertThat(arrived()).contains("\"hi\"");
    }

    private TierwayException failure(String text) {
        try {
            fleet.gateway.tierway().call(Target.model("m"), ChatRequest.of(text), CallOptions.NONE);
        } catch (TierwayException denied) {
            return denied;
        }
        throw new AssertionError("was not denied");
    }
}
