package dev.tierway.adapter.http;

import static dev.tierway.adapter.http.TestGateway.BODY;
import static dev.tierway.adapter.http.TestGateway.header;
import static dev.tierway.adapter.http.TestGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadRequestTest {
    private final TestGateway gateway = new TestGateway();

    @AfterAll
    void close() {
        gateway.close();
    }

    @AfterEach
    void nothing_was_called() {
        assertThat(gateway.calls.noneArrived()).isTrue();
    }

    private JsonNode error(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        JsonNode error = json(response.body()).get("error");
        assertThat(error.properties().stream().map(java.util.Map.Entry::getKey))
                .containsExactly("message", "type", "param", "code", "decision");
        assertThat(error.get("code").asText()).isEqualTo(code);
        assertThat(error.get("message").asText()).isNotBlank();
        return error;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"model\":\"m\",\"messages\":[]}|messages",
                "{\"model\":\"m\"}|messages",
                "{\"model\":\"m\",\"messages\":{}}|messages",
                "{\"model\":\"m\",\"messages\":[1]}|messages[0]",
                "{\"model\":\"m\",\"messages\":[{\"content\":\"x\"}]}|messages[0].role",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"},{\"role\":7}]}|messages[1].role",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":5}]}|messages[0].content",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[\"x\"]}]}|messages[0].content[0]",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{}]}]}|messages[0].content[0].type",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}|model",
                "{\"model\":5,\"messages\":[]}|model",
                "{\"model\":\" \",\"messages\":[]}|model",
                "{\"model\":\"m\",\"stream\":\"yes\"}|stream",
                "{\"model\":\"m\",\"max_tokens\":0}|max_tokens",
                "{\"model\":\"m\",\"max_tokens\":1e9999}|max_tokens",
                "{\"model\":\"m\",\"max_completion_tokens\":99999999999999999999}|max_completion_tokens",
                "{\"model\":\"m\",\"n\":129}|n",
                "{\"model\":\"m\",\"temperature\":\"hot\"}|temperature",
                "{\"model\":\"m\",\"stop\":3}|stop",
                "{\"model\":\"m\",\"tools\":{}}|tools",
                "{\"model\":\"m\",\"response_format\":\"json\"}|response_format",
                "{\"model\":\"m\",\"stream_options\":[]}|stream_options",
                "{\"model\":\"m\",\"stream_options\":{\"include_usage\":1}}|stream_options.include_usage",
                "{\"model\":\"m\",\"model\":\"n\"}|model",
                "{\"model\":\"m\",\"mod\\u0065l\":\"n\"}|model",
                "{\"model\":\"m\",\"x\":1,\"x\":2}|x",
                "{\"model\":\"m\",\"tierway\":[]}|tierway",
            })
    void a_body_with_a_wrong_part_is_400_and_names_it(String body, String param) {
        assertThat(error(gateway.chat(body), 400, "invalid_request")
                        .get("param")
                        .asText())
                .isEqualTo(param);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~~",
                "[]",
                "\"x\"",
                "{",
                "{\"model\":}",
                "{\"model\":\"m\"} {}",
                "{'model':1}",
                "nul",
                "{\"a\":\"\\ud8\"}"
            })
    void a_body_that_isnt_one_json_object_is_400(String body) {
        error(gateway.chat(body == null ? "" : body), 400, "invalid_request");
    }

    @Test
    void other_encodings_than_utf8_are_told() {
        HttpRequest.Builder utf16 = HttpRequest.newBuilder(gateway.uri("/v1/chat/completions"))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(BODY, java.nio.charset.StandardCharsets.UTF_16LE));
        assertThat(error(gateway.send(utf16), 400, "invalid_request")
                        .get("message")
                        .asText())
                .contains("UTF-8");
        error(gateway.chat("\ufeff" + BODY), 400, "invalid_request");
    }

    @Test
    void an_error_never_quotes_the_body() {
        String message = error(gateway.chat("{\"model\":\"m\",\"messages\": sk-secret }"), 400, "invalid_request")
                .get("message")
                .asText();
        assertThat(message).doesNotContain("sk-secret").contains("byte 25");
    }

    @Test
    void a_million_brackets_are_400_and_no_stack_overflow() {
        String deep =
                BODY.replace("{\"model\"", "{\"x\":" + "[".repeat(1_000_000) + "]".repeat(1_000_000) + ",\"model\"");
        assertThat(error(gateway.chat(deep), 400, "invalid_request")
                        .get("message")
                        .asText())
                .contains("200");
    }

    @Test
    void a_number_of_a_hundred_thousand_digits_is_400() {
        for (String name : List.of("max_tokens", "n", "temperature", "seed", "logit_bias")) {
            HttpResponse<String> response =
                    gateway.chat(BODY.replace("{\"model\"", "{\"" + name + "\":" + "9".repeat(100_000) + ",\"model\""));
            assertThat(response.statusCode()).as(name).isEqualTo(400);
            assertThat(response.body().length()).as("it isn't quoted").isLessThan(1000);
        }
    }

    @Test
    void a_million_members_are_400() {
        StringBuilder body = new StringBuilder("{\"model\":\"m\"");
        for (int i = 0; i < 100_000; i++) {
            body.append(",\"k").append(i).append("\":0");
        }
        error(gateway.chat(body.append('}').toString()), 400, "invalid_request");
    }

    @Test
    void an_unknown_option_is_400_with_a_suggestion() {
        JsonNode inBody = error(
                gateway.chat(BODY.replace("{\"model\"", "{\"tierway\":{\"max_cost\":1},\"model\"")),
                400,
                "unknown_option");
        assertThat(inBody.get("message").asText()).contains("Did you mean 'tierway.max_cost_usd'?");
        JsonNode inHeader = error(gateway.chat(BODY, "X-Tierway-Straategy", "cost"), 400, "unknown_option");
        assertThat(inHeader.get("message").asText()).contains("Did you mean 'x-tierway-strategy'?");
        assertThat(inHeader.get("param").asText()).isEqualTo("x-tierway-straategy");
    }

    @Test
    void options_that_contradict_each_other_are_400() {
        String body = BODY.replace("{\"model\"", "{\"tierway\":{\"seed\":1},\"model\"");
        JsonNode error = error(gateway.chat(body, "x-tierway-seed", "2"), 400, "invalid_request");
        assertThat(error.get("message").asText()).contains("x-tierway-seed").contains("tierway.seed");
    }

    @Test
    void an_unknown_tier_is_404() {
        JsonNode error = error(gateway.chat(BODY.replace("tier:mid/chat", "tier:middle")), 404, "model_not_found");
        assertThat(error.get("message").asText()).contains("micro, small, mid, frontier");
    }

    @Test
    void forms_and_texts_are_415() {
        HttpRequest.Builder form = HttpRequest.newBuilder(gateway.uri("/v1/chat/completions"))
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(BODY));
        error(gateway.send(form), 415, "unsupported_media_type");
        HttpRequest.Builder untyped = HttpRequest.newBuilder(gateway.uri("/v1/chat/completions"))
                .POST(HttpRequest.BodyPublishers.ofString(BODY));
        error(gateway.send(untyped), 415, "unsupported_media_type");
    }

    @Test
    void compressed_bodies_are_415_so_no_bomb_is_ever_unpacked() {
        error(gateway.chat(BODY, "content-encoding", "gzip"), 415, "unsupported_media_type");
    }

    @Test
    void an_unknown_path_is_404_with_a_suggestion() {
        assertThat(error(gateway.get("/v1/model"), 404, "not_found")
                        .get("message")
                        .asText())
                .contains("/v1/models?");
        HttpRequest.Builder noVersion = gateway.post("/chat/completions", BODY);
        assertThat(error(gateway.send(noVersion), 404, "not_found")
                        .get("message")
                        .asText())
                .contains("Did you mean /v1/chat/completions?");
        error(gateway.get("/v1/models/../../etc"), 404, "model_not_found");
    }

    @Test
    void a_wrong_method_is_405_and_says_which_is_right() {
        HttpResponse<String> response = gateway.get("/v1/chat/completions");
        error(response, 405, "method_not_allowed");
        assertThat(header(response, "allow")).isEqualTo("POST");
    }

    @Test
    void other_openai_endpoints_are_501() {
        for (String path : List.of(
                "/v1/moderations",
                "/v1/audio/speech",
                "/v1/responses/r1/cancel",
                "/v1/chat/completions/c1",
                "/v1/messages/batches")) {
            error(gateway.send(gateway.post(path, "{}")), 501, "unsupported_endpoint");
        }
    }

    @Test
    void unknown_query_parameters_are_400() {
        assertThat(error(gateway.get("/v1/route/decisions?sinse=15m"), 400, "invalid_request")
                        .get("message")
                        .asText())
                .contains("Did you mean 'since'?");
        for (String bad :
                List.of("since=yesterday", "limit=0", "limit=1001", "limit=x", "spilled=maybe", "limit=1&limit=2")) {
            error(gateway.get("/v1/route/decisions?" + bad), 400, "invalid_request");
        }
    }

    @Test
    void a_broken_percent_escape_is_400() throws Exception {
        try (RawClient client = gateway.raw()) {
            client.write("GET /v1/models/%zz HTTP/1.1\r\nhost: g\r\nconnection: close\r\n\r\n");
            assertThat(client.readUntil("}}")).startsWith("HTTP/1.1 400 ");
        }
    }
}
