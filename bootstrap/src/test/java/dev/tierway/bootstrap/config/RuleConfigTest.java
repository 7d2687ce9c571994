package dev.tierway.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.GatewayConfig;
import dev.tierway.application.rules.Condition;
import dev.tierway.application.rules.Direction;
import dev.tierway.application.rules.Rule;
import dev.tierway.domain.catalogue.Target;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules as they are written, and what is wrong with them. Line 1 and 2 are {@link Configs#SMALLEST}. */
final class RuleConfigTest {
    /** The example of the outside contract, word for word. */
    @Test
    void the_contracts_example_loads_as_it_stands() {
        GatewayConfig config = Configs.parsed("""
            providers: [{ id: p, kind: simulated }]
            models:
              - { id: claude-sonnet-4, tier: mid, use-cases: [chat, code], replicas: [{ provider: p, tags: [eu] }] }
              - { id: gpt-4o, tier: mid, use-cases: [chat], replicas: [{ provider: p }] }
            rules:
              - { id: eu, when: { header: { x-region: eu } }, require: { tags: [eu] } }
              - { id: sql, when: { content: { any-of: ["SELECT ", "CREATE TABLE"] } }, to: tier:mid/code }
              - { id: trial, when: { model: "tier:mid/chat" }, ab-test: { sticky-by: user, arms: { a: { to: claude-sonnet-4, weight: 90 }, b: { to: gpt-4o, weight: 10 } } } }
            """);

        assertThat(config.warnings()).isEmpty();
        assertThat(config.rules()).extracting(Rule::id).containsExactly("eu", "sql", "trial");
        assertThat(config.rules())
                .extracting(Rule::kind)
                .containsExactly(Rule.Kind.CONDITIONAL, Rule.Kind.CONTENT_BASED, Rule.Kind.AB_TEST);
        assertThat(config.rules().get(1).when())
                .containsExactly(new Condition.Content(List.of("SELECT ", "CREATE TABLE"), List.of(), List.of()));
        assertThat(config.rules().get(2).direction())
                .isEqualTo(new Direction.Experiment(
                        Direction.StickyBy.USER,
                        List.of(
                                new Direction.Arm("a", Target.parse("claude-sonnet-4"), 90),
                                new Direction.Arm("b", Target.parse("gpt-4o"), 10)),
                        true));
    }

    @Test
    void a_tiers_short_address_means_the_long_one() {
        Rule rule = Configs.parsed(Configs.SMALLEST + "rules: [{ id: r, when: { model: tier:mid }, to: m }]")
                .rules()
                .getFirst();

        assertThat(((Condition.Address) rule.when().getFirst()).addresses())
                .extracting(one -> one.text())
                .containsExactly("tier:mid/chat");
    }

    @Test
    void a_bad_pattern_is_told_with_its_line_in_the_engines_words() {
        assertThat(Configs.problemsOf("""
            rules:
              - id: r
                when:
                  content:
                    matches: ["ok", "(unclosed"]
                to: m
            """))
                .singleElement()
                .asString()
                .startsWith("7:25: rules[0].when.content.matches[1]: is not a pattern RE2 takes: missing closing ):"
                        + " `(unclosed`");
        assertThat(Configs.problemsOf("rules: [{ id: r, when: { content: { matches: '(?=ahead)' } }, to: m }]"))
                .singleElement()
                .asString()
                .contains("RE2 has no look-around");
    }

    @Test
    void targets_that_lead_nowhere_are_errors() {
        assertThat(Configs.problemsOf("""
            rules:
              - { id: a, to: n }
              - { id: b, to: tier:frontier/chat }
              - { id: c, ab-test: { arms: { x: { to: m }, y: { to: mm } } } }
              - { id: d, to: tier:huge }
            """))
                .containsExactly(
                        "4:18: rules[0].to: unknown target 'n'; did you mean 'm'?",
                        "5:18: rules[1].to: no model of tier frontier serves use case chat;"
                                + " add such a model, or point the rule elsewhere",
                        "6:56: rules[2].ab-test.arms.y.to: unknown target 'mm'; did you mean 'm'?",
                        "7:18: rules[3].to: unknown tier 'huge'; tiers are micro, small, mid, frontier");
    }

    @Test
    void ids_that_nothing_has_are_errors_and_conditions_that_never_hold_are_warnings() {
        assertThat(Configs.problemsOf("""
            rules:
              - { id: a, only: [p, q] }
              - { id: a, exclude: nobody, require: { tags: gold } }
              - { id: b, when: { model: k, key: team }, to: m }
            """))
                .anySatisfy(problem -> assertThat(problem)
                        .isEqualTo("4:24: rules[0].only[1]: no replica, model or provider is called 'q'; did you"
                                + " mean 'm'?"))
                .anySatisfy(problem ->
                        assertThat(problem).startsWith("5:11: rules[1].id: two rules have the id 'a'; rename one"))
                .anySatisfy(problem -> assertThat(problem).contains("rules[1].exclude: no replica"))
                .anySatisfy(problem ->
                        assertThat(problem).contains("warning: rules[1].require.tags: no replica has the tag 'gold'"))
                .anySatisfy(problem -> assertThat(problem)
                        .contains("warning: rules[2].when.model: never holds: nothing is called 'k'"))
                .anySatisfy(problem -> assertThat(problem)
                        .contains("warning: rules[2].when.key: never holds: nobody is asked for an API key"))
                .hasSize(6);
    }

    private static void refused(String rule, String message) {
        assertThat(Configs.problemsOf("rules: [" + rule + "]"))
                .as(rule)
                .anySatisfy(problem -> assertThat(problem).contains(message));
    }

    @Test
    void what_makes_no_sense_is_refused() {
        refused("{ id: r, when: { stream: true } }", "the rule does nothing; say what it does");
        refused("{ id: r, to: m, ab-test: { arms: { a: { to: m }, b: { to: m } } } }", "has both 'to' and 'ab-test'");
        refused("{ id: r, ab-test: { arms: { a: { to: m } } } }", "has fewer than two arms");
        refused("{ id: r, ab-test: { arms: { a: { to: m, weight: 0 }, b: { to: m, weight: 0 } } } }", "weight isn't 0");
        refused("{ id: r, ab-test: { arms: { a: { to: m }, B: { to: m } } } }", "'B' is not a valid id");
        refused("{ id: r, when: { content: {} }, to: m }", "looks for nothing");
        refused("{ id: r, when: { input-tokens: {} }, to: m }", "holds for any size");
        refused("{ id: r, when: { input-tokens: { min: 2, max: 1 } }, to: m }", "holds for no size");
        refused("{ id: r, when: { hours: { from: '8:00', to: '09:00' } }, to: m }", "is not a time of day");
        refused(
                "{ id: r, when: { hours: { from: '08:00', to: '09:00', time-zone: Mars } }, to: m }",
                "not a time zone");
        refused("{ id: r, when: { modle: m }, to: m }", "unknown key 'modle'; did you mean 'model'?");
        refused("{ id: r, when: { header: { 'x y': a } }, to: m }", "is not a header's name");
        refused("{ id: r, strategy: fastest, to: m }", "unknown strategy 'fastest'");
        refused("{ id: r, local: allowed, to: m }", "unknown word on local replicas 'allowed'");
    }

    @Test
    void rules_are_shown_as_they_are_written() {
        String rules = Configs.parsed(Configs.everything())
                .toRedactedMap()
                .get("rules")
                .toString();

        assertThat(rules)
                .contains("id=narrow", "x-region=[eu, eu-*]", "model=[tier:frontier/chat, best]", "matches=[(?i)drop")
                .contains("hours={from=22:00, to=06:00, days=[mon, fri], time-zone=Europe/Berlin}")
                .contains("require={tags=[eu], capabilities=[json], region=eu-central-1}", "max-cost-usd=0.5")
                .contains("ab-test={sticky-by=session, fallback=false, arms={a={to=big, weight=90}");
    }
}
