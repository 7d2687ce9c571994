package dev.tierway.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.ConfigProblem;
import dev.tierway.GatewayConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DocumentReaderTest {
    @Test
    void an_empty_configuration_says_how_to_begin() {
        for (String empty : List.of("", "   \n\n", "# only a comment\n", "---\n", "~", "\uFEFF")) {
            assertThat(Configs.problemsIn(empty))
                    .as("'%s'", empty)
                    .containsExactly(" the configuration is empty; start with `tierway init`");
        }
    }

    @Test
    void something_that_is_no_set_of_keys_is_refused() {
        assertThat(Configs.problemsIn("hello")).containsExactly("1:1: must be a set of keys, not text");
        assertThat(Configs.problemsIn("- a\n")).containsExactly("1:1: must be a set of keys, not a list");
    }

    @Test
    void broken_yaml_is_reported_where_it_breaks_without_the_text() {
        assertThat(Configs.problemsIn("providers:\n  - { id: p, api-key: hunter2\nmodels: 1\n"))
                .singleElement()
                .asString()
                .startsWith("3:7: can't be parsed: ")
                .doesNotContain("hunter2");
        assertThat(Configs.problemsIn("a: 1\n\tb: 2\n"))
                .singleElement()
                .asString()
                .startsWith("2:1: can't be parsed: ");
    }

    @Test
    void a_placeholder_without_quotes_inside_braces_is_recognised() {
        assertThat(Configs.problemsOf("server: { port: ${PORT} }"))
                .singleElement()
                .asString()
                .startsWith("3:18: can't be parsed: ")
                .endsWith("; inside { } and [ ] put quotes around placeholders: \"${NAME}\"");
    }

    @Test
    void broken_json_is_reported_where_it_breaks_without_the_text() {
        assertThat(Configs.problemsIn("{\n  \"api-key\": hunter2\n}"))
                .singleElement()
                .asString()
                .startsWith("2:14: can't be parsed: ")
                .doesNotContain("hunter2");
    }

    @Test
    void json_may_be_indented_by_tabs() {
        assertThat(Configs.problemsIn("{\n\t\"providers\": [],\n\t\"models\": []\n}"))
                .containsExactly("2:15: providers: must not be empty", "3:12: models: must not be empty");
    }

    @Test
    void a_second_document_is_refused() {
        assertThat(Configs.problemsOf("---\nproviders: []\n"))
                .containsExactly("4:1: a second document begins here; a configuration is one document");
    }

    @Test
    void aliases_stand_for_what_they_name() {
        GatewayConfig config =
                Configs.parsed(Committed.read("src/test/resources/dev/tierway/config/good/aliases.yaml"));

        assertThat(config.models().get(0).replicas())
                .extracting(replica -> replica.timeouts().firstToken())
                .containsOnly(java.time.Duration.ofSeconds(60));
        assertThat(config.models().get(1).model().useCases()).hasSize(2);
    }

    @Test
    void a_wrong_value_that_is_used_twice_is_wrong_once() {
        assertThat(Configs.problemsOf(
                        "routing: { timeouts: &t { connect: fast } }\nroutes: { a: { to: m, timeouts: *t } }"))
                .hasSize(1);
    }

    @Test
    void aliases_to_nothing_and_to_themselves_are_refused() {
        assertThat(Configs.problemsOf("routes: *nowhere"))
                .containsExactly("3:9: routes: alias '*nowhere' names no anchor before it");
        assertThat(Configs.problemsOf("routes: &r { a: *r }"))
                .containsExactly("3:17: routes.a: alias '*r' names no anchor before it");
    }

    @Test
    void merge_keys_are_refused_by_name() {
        assertThat(Configs.problemsOf("x: &x { port: 1 }\nserver: { <<: *x }\n"))
                .containsExactly(
                        "3:1: x: unknown key 'x'; known keys: providers, quota-domains, catalogue, models, routes,"
                            + " rules, routing, storage, budgets, server, overload, idempotency, observability, auth,"
                            + " agents, tools, plugins, events",
                        "4:11: server[\"<<\"]: merge keys are not supported; write the keys out");
    }

    @Test
    void a_bomb_of_aliases_is_defused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            bomb.append(("*a" + (i - 1) + ", ").repeat(10)).append("x]\n");
        }

        assertThat(Configs.problemsIn(bomb.toString()))
                .containsExactly("6:5: a5: holds more than 200000 values once aliases are expanded");
    }

    @Test
    void nesting_is_bounded_in_yaml_and_json() {
        String deep = "[".repeat(10_000);

        assertThat(Configs.problemsIn("a: " + deep))
                .singleElement()
                .asString()
                .contains("nested deeper than 30 levels");
        assertThat(Configs.problemsIn("{\"a\": " + deep))
                .singleElement()
                .asString()
                .contains("nested deeper than 30 levels");
    }

    @Test
    void numbers_are_taken_as_they_are_written() {
        GatewayConfig config = Configs.parsed("""
            providers: [{ id: p, kind: simulated }]
            models:
              - id: "4.10"
                tier: mid
                use-cases: [chat]
                context-window: 200_000
                replicas: [{ provider: p, price: { input: 0.1, output: 1e1 } }]
            """);

        assertThat(config.models().getFirst().model().id()).hasToString("4.10");
        assertThat(config.models().getFirst().model().contextWindow()).isEqualTo(200_000);
        assertThat(config.models().getFirst().replicas().getFirst().price().output())
                .isEqualTo(10_000_000);
    }

    @Test
    void a_text_names_itself_configuration_and_a_file_by_its_path() {
        ConfigProblem problem = GatewayConfig.validate("x", Map.of()).getFirst();

        assertThat(problem.file()).isEqualTo("configuration");
        assertThat(problem.toString()).isEqualTo("configuration:1:1: must be a set of keys, not text");
    }
}
