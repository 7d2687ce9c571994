package dev.tierway.adapter.http.options;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.adapter.http.server.HttpProblem;
import dev.tierway.adapter.http.server.Json;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.routing.Constraints;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallOptionsReaderTest {
    private static final CallOptions ALL = CallOptions.builder()
            .local(Constraints.Local.REQUIRED)
            .exclude(List.of("a", "b/c"))
            .only(List.of("d"))
            .require(List.of("tools", "eu"))
            .maxCostUsd(0.25)
            .deadline(Duration.ofMillis(1500))
            .escalateTo(ModelTier.FRONTIER)
            .optimize(CallOptions.Optimize.COST)
            .strategy(Strategy.ROUND_ROBIN)
            .onUnsupported(CallOptions.OnUnsupported.REJECT)
            .agent("planner")
            .workflow("w1")
            .step("s1")
            .endUser("u1")
            .session("c1")
            .tags(Map.of("team", "search"))
            .seed(-5)
            .explain(true)
            .build();

    private static CallOptions body(String json) {
        CallOptionsReader reader = new CallOptionsReader();
        byte[] bytes = json.getBytes(UTF_8);
        reader.body(Json.tree(bytes, 0, bytes.length, "tierway"));
        return reader.read(CallOptions.builder());
    }

    private static CallOptions headers(String... namesAndValues) {
        CallOptionsReader reader = new CallOptionsReader();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            reader.header(namesAndValues[i], namesAndValues[i + 1]);
        }
        return reader.read(CallOptions.builder());
    }

    @Test
    void every_option_is_read_from_the_body() {
        assertThat(body("""
            {"local":"required","exclude":["a","b/c"],"only":["d"],"require":["tools","eu"],"max_cost_usd":0.25,
             "deadline_ms":1500,"escalate_to":"frontier","optimize":"cost","strategy":"round-robin",
             "on_unsupported":"reject","agent":"planner","workflow":"w1","step":"s1","user":"u1","session":"c1",
             "tags":{"team":"search"},"seed":-5,"explain":true}\
            """)).isEqualTo(ALL);
    }

    @Test
    void every_option_is_read_from_headers() {
        assertThat(headers(
                        "x-tierway-local", "required",
                        "X-Tierway-Exclude", "a, b/c",
                        "x-tierway-only", "d",
                        "x-tierway-require", "tools,eu",
                        "x-tierway-max-cost-usd", "0.25",
                        "x-tierway-deadline-ms", "1500",
                        "x-tierway-escalate-to", "frontier",
                        "x-tierway-optimize", "cost",
                        "x-tierway-strategy", "round-robin",
                        "x-tierway-on-unsupported", "reject",
                        "x-tierway-agent", "planner",
                        "x-tierway-workflow", "w1",
                        "x-tierway-step", "s1",
                        "x-tierway-user", "u1",
                        "x-tierway-session", "c1",
                        "x-tierway-tags", "team=search",
                        "x-tierway-seed", "-5",
                        "x-tierway-explain", "true",
                        "accept", "text/html"))
                .isEqualTo(ALL);
    }

    @Test
    void the_same_in_both_places_is_no_contradiction() {
        CallOptionsReader reader = new CallOptionsReader();
        reader.header("x-tierway-exclude", "a,b");
        byte[] json = "{\"exclude\":[\"a\",\"b\"]}".getBytes(UTF_8);
        reader.body(Json.tree(json, 0, json.length, "tierway"));
        assertThat(reader.read(CallOptions.builder()).exclude()).containsExactly("a", "b");
    }

    @Test
    void a_header_given_twice_with_two_values_is_a_contradiction() {
        assertThatThrownBy(() -> headers("x-tierway-agent", "a", "x-tierway-agent", "b"))
                .isInstanceOf(HttpProblem.class)
                .hasMessageContaining("differ");
    }

    @Test
    void null_leaves_an_option_out() {
        assertThat(body("{\"seed\":null,\"agent\":null}")).isEqualTo(CallOptions.NONE);
    }

    @Test
    void an_option_given_wins_over_what_other_parts_of_the_request_say() {
        CallOptionsReader reader = new CallOptionsReader();
        reader.header("x-tierway-user", "mine");
        assertThat(reader.read(CallOptions.builder().endUser("theirs")).user()).isEqualTo("mine");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"local\":true}|tierway.local",
                "{\"local\":\"maybe\"}|tierway.local",
                "{\"exclude\":\"a\"}|tierway.exclude",
                "{\"exclude\":[1]}|tierway.exclude[0]",
                "{\"only\":[\"\"]}|tierway.only[0]",
                "{\"max_cost_usd\":\"1\"}|tierway.max_cost_usd",
                "{\"max_cost_usd\":-1}|tierway.max_cost_usd",
                "{\"max_cost_usd\":1e999}|tierway.max_cost_usd",
                "{\"deadline_ms\":0}|tierway.deadline_ms",
                "{\"deadline_ms\":1.5}|tierway.deadline_ms",
                "{\"deadline_ms\":86400001}|tierway.deadline_ms",
                "{\"escalate_to\":\"top\"}|tierway.escalate_to",
                "{\"optimize\":\"speed\"}|tierway.optimize",
                "{\"strategy\":\"Best!\"}|tierway.strategy",
                "{\"on_unsupported\":\"drop\"}|tierway.on_unsupported",
                "{\"agent\":7}|tierway.agent",
                "{\"tags\":[\"a=b\"]}|tierway.tags",
                "{\"tags\":{\"a\":1}}|tierway.tags.a",
                "{\"seed\":\"1\"}|tierway.seed",
                "{\"seed\":99999999999999999999}|tierway.seed",
                "{\"explain\":\"true\"}|tierway.explain",
            })
    void a_wrong_type_or_value_is_told_with_its_place(String json, String param) {
        assertThatThrownBy(() -> body(json)).isInstanceOfSatisfying(HttpProblem.class, problem -> {
            assertThat(problem.status()).isEqualTo(400);
            assertThat(problem.param()).isEqualTo(param);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-tierway-exclude:a,,b",
                "x-tierway-tags:a",
                "x-tierway-tags:=b",
                "x-tierway-tags:a=",
                "x-tierway-seed:1.5",
                "x-tierway-max-cost-usd:NaN",
                "x-tierway-max-cost-usd:much",
                "x-tierway-explain:yes",
                "x-tierway-agent: ",
                "x-tierway-state:{}",
                "x-tierway-:x",
            })
    void a_header_that_cant_be_read_is_told(String header) {
        int colon = header.indexOf(':');
        assertThatThrownBy(() -> headers(header.substring(0, colon), header.substring(colon + 1)))
                .isInstanceOf(HttpProblem.class);
    }

    @Test
    void a_name_that_is_too_long_is_refused() {
        assertThatThrownBy(() -> headers("x-tierway-agent", "a".repeat(257))).hasMessageContaining("256");
    }

    @Test
    void an_option_twice_in_the_body_is_refused() {
        assertThatThrownBy(() -> body("{\"seed\":1,\"seed\":2}")).isInstanceOf(HttpProblem.class);
    }
}
