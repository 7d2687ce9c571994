package dev.tierway.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.ConfigProblem;
import dev.tierway.GatewayConfig;
import dev.tierway.application.limits.LimitRule;
import dev.tierway.application.limits.LimitRules;
import dev.tierway.application.limits.Subject;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Period;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Budgets as they are written, and what is wrong with them. */
final class BudgetsConfigTest {
    private static final long USD = 1_000_000_000L;

    private static LimitRules budgets(String text) {
        return Configs.parsed(Configs.SMALLEST + text).budgets();
    }

    /** The example of the outside contract, word for word. */
    @Test
    void the_contracts_example_loads_as_it_stands() {
        GatewayConfig config = Configs.parsed(Configs.SMALLEST + """
            budgets: { time-zone: UTC, warn-at: 80%, rules: [ { id: house, usd: 5000, per: month, pacing: true }, { id: each-key, for: { key: "*" }, usd: 25, per: day }, { id: trial, for: { tag: "team=search" }, usd: 5, per: day, enforce: false } ] }
            """);

        assertThat(config.budgets().zone()).isEqualTo(ZoneId.of("UTC"));
        assertThat(config.budgets().warnAt()).isEqualTo(0.8);
        assertThat(config.budgets().rules())
                .containsExactly(
                        new LimitRule(
                                "house",
                                new Subject.Everyone(),
                                List.of(Period.MONTH.limit(5000 * USD)),
                                true,
                                Descriptor.Reserves.WORST_CASE,
                                true),
                        new LimitRule(
                                "each-key",
                                new Subject.OfKey(null),
                                List.of(Period.DAY.limit(25 * USD)),
                                true,
                                Descriptor.Reserves.WORST_CASE,
                                false),
                        new LimitRule(
                                "trial",
                                new Subject.Tagged("team", "search"),
                                List.of(Period.DAY.limit(5 * USD)),
                                false,
                                Descriptor.Reserves.WORST_CASE,
                                false));
        assertThat(config.warnings())
                .extracting(ConfigProblem::toString)
                .singleElement()
                .asString()
                .contains("nobody is asked for an API key");
    }

    @Test
    void without_any_nobody_is_limited() {
        assertThat(Configs.parsed(Configs.SMALLEST).budgets().rules()).isEmpty();
        assertThat(budgets("budgets: { rules: [] }\n").zone().getRules()).isEqualTo(ZoneOffset.UTC.getRules());
    }

    @Test
    void rates_and_money_may_stand_in_one_budget() {
        LimitRule rule = budgets("""
            budgets: { rules: [ { id: bots, for: { agent: "*" }, usd: 1, per: hour, reserve: expected, requests-per-minute: 60, concurrency: 4 } ] }
            """).rules().getFirst();

        assertThat(rule.subject()).isEqualTo(new Subject.Named(Subject.Word.AGENT, null));
        assertThat(rule.reserves()).isEqualTo(Descriptor.Reserves.EXPECTED);
        assertThat(rule.limits())
                .containsExactlyInAnyOrder(
                        Period.HOUR.limit(USD),
                        Limit.per(Dimension.REQUESTS, 60, Duration.ofMinutes(1)),
                        Limit.concurrency(4));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ id: a }|has no limit",
                "{ id: a, usd: 5 }|has no window",
                "{ id: a, usd: 0, per: day }|must be more than 0",
                "{ id: a, per: day, requests-per-day: 5 }|is the window of usd",
                "{ id: a, usd: 5, per: total, pacing: true }|needs usd and a window that ends",
                "{ id: a, concurrency: 5, pacing: true }|needs usd and a window that ends",
                "{ id: a, concurrency: 5, reserve: expected }|is about usd",
                "{ id: a, usd: 5, per: fortnight }|unknown window 'fortnight'",
                "{ id: A, usd: 5, per: day }|is not an id",
                "{ id: a, usd: 5, per: day, for: {} }|names nobody",
                "{ id: a, usd: 5, per: day, for: { agent: a, user: u } }|names several at once",
                "{ id: a, usd: 5, per: day, for: { tag: team } }|is not a tag and its value",
                "{ id: a, usd: 5, per: day }, { id: a, usd: 6, per: day }|two budgets have the id 'a'",
            })
    void what_is_wrong_is_said(String rules, String message) {
        assertThat(GatewayConfig.validate(Configs.SMALLEST + "budgets: { rules: [ " + rules + " ] }\n", Map.of()))
                .extracting(ConfigProblem::toString)
                .singleElement()
                .asString()
                .contains(message);
    }

    @Test
    void an_unknown_zone_and_a_warning_at_nothing_are_errors() {
        assertThat(GatewayConfig.validate(
                        Configs.SMALLEST + "budgets: { time-zone: Mars/Olympus, warn-at: 0%, rules: [] }\n", Map.of()))
                .extracting(ConfigProblem::toString)
                .anySatisfy(problem -> assertThat(problem).contains("is not a time zone"));
    }

    @Test
    void people_see_budgets_as_they_are_written() {
        assertThat(Configs.parsed(Configs.SMALLEST + """
            budgets: { rules: [ { id: t, for: { tag: "team=*" }, usd: 2.50, per: week, tokens-per-minute: 1000 } ] }
            """)
                        .toRedactedMap()
                        .get("budgets")
                        .toString())
                .contains("team=*", "usd=2.5", "per=week", "tokens-per-minute=1000");
    }
}
