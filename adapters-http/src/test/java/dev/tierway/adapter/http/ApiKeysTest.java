package dev.tierway.adapter.http;

import static dev.tierway.adapter.http.TestGateway.BODY;
import static dev.tierway.adapter.http.TestGateway.header;
import static dev.tierway.adapter.http.TestGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.access.Grant;
import dev.tierway.application.access.KeyScope;
import dev.tierway.application.port.in.Authenticate.Reason;
import dev.tierway.application.port.in.Authenticate.Refused;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who gets past the API port's door, and how far. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiKeysTest {
    private static final String REPLY = "{\"choices\":[]}";

    private final FakeKeys keys = new FakeKeys();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final TestGateway gateway = new TestGateway(new GatewayAccess(keys, refused::add));

    @AfterAll
    void close() {
        gateway.close();
    }

    @BeforeEach
    void keys() {
        gateway.calls.reset();
        gateway.calls.answer(call -> call.begin().body(REPLY).deliver());
        refused.clear();
        keys.verdicts.clear();
        keys.know("good", "team", Grant.of(KeyScope.CALL));
        keys.know("curious", "curious", Grant.of(KeyScope.CALL, KeyScope.EXPLAIN, KeyScope.READ));
        keys.know("reader", "reader", Grant.of(KeyScope.READ));
        keys.verdicts.put("old", new Refused(Reason.EXPIRED));
        keys.verdicts.put("gone", new Refused(Reason.REVOKED));
    }

    @ParameterizedTest
    @CsvSource({"authorization, Bearer good", "authorization, bearer  good", "x-api-key, good", "api-key, good"})
    void a_key_is_taken_from_each_header_that_clients_send_it_in(String header, String value) {
        HttpResponse<String> response = gateway.chat(BODY, header, value);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(gateway.calls.next().command.key()).isEqualTo("team");
    }

    @Test
    void the_same_key_in_two_headers_is_one_key() {
        assertThat(gateway.chat(BODY, "authorization", "Bearer good", "x-api-key", "good")
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "authorization, Bearer bad, unknown",
        "authorization, Basic Z29vZA==, malformed",
        "authorization, good, malformed",
        "authorization, 'Bearer ', malformed",
        "x-api-key, bad, unknown",
        "x-api-key, old, expired",
        "api-key, gone, revoked",
        "x-some-header, good, missing"
    })
    void anything_else_is_401_and_says_what_to_do(String header, String value, String reason) {
        HttpResponse<String> response = gateway.chat(BODY, header, value);

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(json(response.body()).path("error").path("code").asText()).isEqualTo("invalid_api_key");
        assertThat(json(response.body()).path("error").path("type").asText()).isEqualTo("authentication_error");
        assertThat(header(response, "www-authenticate")).isEqualTo("Bearer");
        assertThat(header(response, "x-should-retry")).isEqualTo("false");
        assertThat(refused).containsExactly(reason);
        assertThat(gateway.calls.noneArrived()).isTrue();
    }

    @Test
    void two_keys_or_two_authorizations_are_refused() {
        assertThat(gateway.chat(BODY, "authorization", "Bearer good", "x-api-key", "curious")
                        .statusCode())
                .isEqualTo(401);
        assertThat(gateway.chat(BODY, "authorization", "Bearer good", "authorization", "Bearer good")
                        .statusCode())
                .isEqualTo(401);
        assertThat(refused).containsExactly("malformed", "malformed");
    }

    @Test
    void a_key_in_the_address_is_no_key() {
        assertThat(gateway.get("/v1/models?api_key=good&key=good&x-api-key=good")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void anthropics_clients_get_their_own_shape_of_401() {
        HttpResponse<String> response = gateway.send(gateway.post("/v1/messages", BODY, "x-api-key", "bad"));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(json(response.body()).path("type").asText()).isEqualTo("error");
        assertThat(json(response.body()).path("error").path("type").asText()).isEqualTo("authentication_error");
    }

    @Test
    void a_body_is_not_looked_at_without_a_key() {
        HttpResponse<String> response = gateway.send(HttpRequest.newBuilder(gateway.uri("/v1/chat/completions"))
                .POST(HttpRequest.BodyPublishers.ofString("this is no JSON")));

        assertThat(response.statusCode()).as("neither 415 nor 400").isEqualTo(401);
    }

    Stream<String> closed() {
        List<String> paths = new ArrayList<>(gateway.server.endpoints().stream()
                .map(endpoint -> endpoint.replace("{id}", "x"))
                .toList());
        paths.addAll(
                List.of("GET /", "GET /nothing", "POST /v1/files", "DELETE /v1/models", "GET /livez/", "GET //livez"));
        paths.removeAll(List.of("GET /livez", "GET /readyz"));
        return paths.stream();
    }

    @ParameterizedTest
    @MethodSource("closed")
    void nothing_but_the_health_endpoints_answers_without_a_key(String endpoint) {
        String[] parts = endpoint.split(" ");
        HttpResponse<String> response = gateway.send(HttpRequest.newBuilder(gateway.uri(parts[1]))
                .header("content-type", "application/json")
                .method(parts[0], HttpRequest.BodyPublishers.ofString("{}")));

        assertThat(response.statusCode()).isEqualTo(401);
    }

    @Test
    void the_health_endpoints_answer_whoever_asks_but_show_the_fleet_only_to_who_may_see_it() {
        assertThat(gateway.get("/livez").statusCode()).isEqualTo(200);
        assertThat(gateway.get("/readyz").body()).isEqualTo("{\"status\":\"ready\"}");
        assertThat(get("/readyz", "bad").body()).isEqualTo("{\"status\":\"ready\"}");
        assertThat(get("/readyz", "curious").body()).contains("degraded");
    }

    private HttpResponse<String> get(String path, String key) {
        return gateway.send(HttpRequest.newBuilder(gateway.uri(path))
                .header("x-api-key", key)
                .GET());
    }

    @Test
    void a_scope_that_a_key_lacks_is_403_before_the_body_is_read() {
        assertThat(gateway.chat("no JSON", "x-api-key", "reader").statusCode()).isEqualTo(403);
        HttpResponse<String> explain = gateway.send(gateway.post("/v1/route/explain", BODY, "x-api-key", "good"));
        assertThat(explain.statusCode()).isEqualTo(403);
        assertThat(json(explain.body()).path("error").path("code").asText()).isEqualTo("not_allowed");
        assertThat(json(explain.body()).path("error").path("message").asText())
                .isEqualTo("API key 'team' lacks the scope 'explain': use a key that has it.");
        assertThat(get("/v1/route/decisions", "good").statusCode()).isEqualTo(403);
        assertThat(get("/v1/route/decisions/x", "good").statusCode()).isEqualTo(403);
        assertThat(refused).containsOnly("not_allowed").hasSize(4);
        assertThat(get("/v1/route/decisions", "reader").statusCode()).isEqualTo(200);
        assertThat(get("/v1/models", "reader").statusCode()).as("any key").isEqualTo(200);
    }

    @Test
    void replica_and_cost_are_told_to_keys_with_explain() {
        gateway.calls.answer(call -> call.begin().body(REPLY).deliver());
        HttpResponse<String> plain = gateway.chat(BODY, "x-api-key", "good");
        assertThat(header(plain, "x-tierway-replica")).isNull();
        assertThat(header(plain, "x-tierway-cost-usd")).isNull();
        assertThat(header(plain, "x-tierway-model")).isEqualTo("gpt-x");
        assertThat(header(plain, "x-tierway-decision")).isNotNull();

        HttpResponse<String> told = gateway.chat(BODY, "x-api-key", "curious");
        assertThat(header(told, "x-tierway-replica")).isEqualTo("west/gpt-x");
        assertThat(header(told, "x-tierway-cost-usd")).isNotNull();
    }

    @Test
    void hashes_of_one_keys_prompts_say_nothing_of_anothers() {
        String long1 = BODY.replace("hi", "the same long beginning ".repeat(400));
        gateway.chat(long1, "x-api-key", "good");
        gateway.chat(long1, "x-api-key", "good");
        gateway.chat(long1, "x-api-key", "curious");
        var first = gateway.calls.next().command.facts().prefixes();
        var again = gateway.calls.next().command.facts().prefixes();
        var others = gateway.calls.next().command.facts().prefixes();

        assertThat(again).isEqualTo(first);
        assertThat(others).isNotEqualTo(first);
    }

    @Test
    void every_reason_is_one_of_those_listed() {
        for (Map.Entry<String, String> one :
                Map.of("bad", "unknown", "old", "expired", "gone", "revoked").entrySet()) {
            get("/v1/models", one.getKey());
        }
        gateway.get("/v1/models");
        assertThat(ApiDoor.REASONS).containsAll(refused);
    }
}
