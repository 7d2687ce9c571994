package dev.tierway.application.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.tierway.application.access.Caller;
import dev.tierway.application.access.FixedValues;
import dev.tierway.application.access.Grant;
import dev.tierway.application.fixture.TestApplication;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.domain.call.CallerLimits;
import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.Requests;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Left;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Period;
import dev.tierway.domain.quota.Side;
import dev.tierway.domain.routing.Allowed;
import dev.tierway.domain.routing.Ask;
import dev.tierway.domain.routing.Constraints;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whom budgets are for, when they are spoken of, and how they are paced. */
class LimitsInForceTest {
    private static final long DOLLAR = 1_000_000_000L;
    private static final Limit DAILY = Period.DAY.limit(10 * DOLLAR);

    private final Catalogue catalogue = Fleet.of("p/m").catalogue();
    private long wallMillis = Instant.parse("2026-11-20T12:00:00Z").toEpochMilli();
    private final LimitsInForce limits = new LimitsInForce(LimitRules.NONE, () -> wallMillis);

    private Ask ask() {
        return Requests.tier(catalogue).build().ask();
    }

    private static LimitRule rule(String id, Subject subject) {
        return new LimitRule(id, subject, List.of(DAILY), true, Descriptor.Reserves.WORST_CASE, true);
    }

    private void rules(LimitRule... rules) {
        limits.swap(new LimitRules(List.of(rules), ZoneOffset.UTC, 0.8));
    }

    private List<String> owners(CallCommand call) {
        return limits.of(call, ask(), catalogue).descriptors().stream()
                .map(Descriptor::owner)
                .toList();
    }

    private static CallCommand call(CallOptions options, String key) {
        CallCommand plain = TestApplication.with(Fleet.of("p/m")).command(Target.parse("tier:mid"), false, options);
        Caller caller = key == null ? Caller.ANYONE : new Caller(key, Grant.ALL);
        return new CallCommand(
                plain.target(), plain.payload(), plain.facts(), options, plain.requestId(), caller, plain.details());
    }

    @Test
    void without_rules_nobody_is_limited() {
        assertThat(limits.of(call(CallOptions.NONE, "k"), ask(), catalogue)).isEqualTo(CallerLimits.NONE);
    }

    @Test
    void a_rule_for_everyone_counts_all_calls_together() {
        rules(rule("house", new Subject.Everyone()));

        assertThat(owners(call(CallOptions.NONE, null))).containsExactly("budget:house");
        assertThat(owners(call(CallOptions.NONE, "k"))).containsExactly("budget:house");
    }

    @Test
    void only_an_enforced_rule_in_money_for_everyone_binds_every_call_to_money() {
        rules(rule("each", new Subject.OfKey(null)));
        assertThat(limits.inForce().bindEveryCallToMoney()).isFalse();
        rules(new LimitRule(
                "watched", new Subject.Everyone(), List.of(DAILY), false, Descriptor.Reserves.WORST_CASE, false));
        assertThat(limits.inForce().bindEveryCallToMoney()).isFalse();
        rules(rule("each", new Subject.OfKey(null)), rule("house", new Subject.Everyone()));
        assertThat(limits.inForce().bindEveryCallToMoney()).isTrue();
    }

    @Test
    void a_rule_for_each_key_counts_keys_apart_and_lets_calls_without_one_alone() {
        rules(rule("each", new Subject.OfKey(null)));

        assertThat(owners(call(CallOptions.NONE, "a"))).containsExactly("budget:each/key=a");
        assertThat(owners(call(CallOptions.NONE, "b"))).containsExactly("budget:each/key=b");
        assertThat(owners(call(CallOptions.NONE, null))).isEmpty();
    }

    @Test
    void a_rule_for_one_name_leaves_others_alone() {
        rules(rule("a", new Subject.OfKey("a")), rule("bot", new Subject.Named(Subject.Word.AGENT, "bot")));

        assertThat(owners(call(CallOptions.builder().agent("bot").build(), "a")))
                .as("with a key, the name is the caller's")
                .containsExactly("budget:a");
        assertThat(owners(call(CallOptions.builder().agent("bot").build(), null)))
                .containsExactly("budget:bot");
        assertThat(owners(call(CallOptions.builder().agent("other").build(), "b")))
                .isEmpty();
    }

    @Test
    void what_callers_name_lives_in_their_keys_space() {
        rules(
                rule("agents", new Subject.Named(Subject.Word.AGENT, null)),
                rule("teams", new Subject.Tagged("team", null)));
        CallOptions named = CallOptions.builder()
                .agent("bot")
                .tags(Map.of("team", "search"))
                .build();

        assertThat(owners(call(named, "k")))
                .containsExactly("budget:agents/key=k/agent=bot", "budget:teams/key=k/tag:team=search");
        assertThat(owners(call(named, null)))
                .containsExactly("budget:agents/agent=bot", "budget:teams/tag:team=search");
    }

    @Test
    void a_name_that_a_key_fixes_means_the_same_under_every_key() {
        rules(
                rule("bot", new Subject.Named(Subject.Word.AGENT, "bot")),
                rule("agents", new Subject.Named(Subject.Word.AGENT, null)),
                rule("search", new Subject.Tagged("team", "search")));
        CallOptions named = CallOptions.builder()
                .agent("bot")
                .tags(Map.of("team", "search"))
                .build();
        Grant fixing = new Grant(
                Grant.ALL.scopes(),
                Allowed.ALL,
                new FixedValues(Constraints.Local.ALLOWED, "bot", null, null, Map.of("team", "search")),
                List.of());
        CallCommand call = call(named, null);

        assertThat(owners(new CallCommand(
                        call.target(), call.payload(), call.facts(), named, "req", new Caller("k", fixing))))
                .containsExactly("budget:bot", "budget:agents/agent=bot", "budget:search");
        assertThat(owners(call(named, "k"))).as("claimed, not fixed").containsExactly("budget:agents/key=k/agent=bot");
    }

    @Test
    void a_keys_own_limits_count_its_calls_and_are_seen() {
        Grant limited = new Grant(
                Grant.ALL.scopes(),
                Allowed.ALL,
                FixedValues.NONE,
                List.of(Limit.per(Dimension.REQUESTS, 600, Duration.ofMinutes(1)), Limit.concurrency(4)));
        CallCommand call = call(CallOptions.NONE, null);
        CallCommand keyed = new CallCommand(
                call.target(), call.payload(), call.facts(), call.options(), "req", new Caller("k", limited));

        assertThat(limits.of(keyed, ask(), catalogue).descriptors())
                .extracting(Descriptor::owner, one -> one.limit().dimension(), Descriptor::enforced)
                .containsExactly(
                        tuple("budget:key:k", Dimension.REQUESTS, true),
                        tuple("budget:key:k", Dimension.CONCURRENCY, true));
        assertThat(limits.of(call(CallOptions.NONE, "other"), ask(), catalogue)).isEqualTo(CallerLimits.NONE);
        assertThat(limits.view(10).limits())
                .hasSize(2)
                .allMatch(one -> one.rule().id().equals("key:k"));
    }

    @Test
    void no_name_can_look_like_another_limit() {
        rules(rule("agents", new Subject.Named(Subject.Word.AGENT, null)));

        assertThat(owners(call(CallOptions.builder().agent("a/key=k|money%").build(), null)))
                .containsExactly("budget:agents/agent=a%2Fkey=k%7Cmoney%25");
    }

    @Test
    void it_is_spoken_of_once_per_window() {
        rules(rule("house", new Subject.Everyone()));
        Descriptor house = limits.inForce().rules().getFirst().counted().getFirst();

        assertThat(limits.seen(left(house, 3))).as("70 % used").isFalse();
        assertThat(limits.seen(left(house, 2))).as("80 % used").isTrue();
        assertThat(limits.seen(left(house, 1))).isFalse();
        wallMillis += Duration.ofDays(1).toMillis();
        assertThat(limits.seen(left(house, 2))).as("a new day").isTrue();
    }

    @Test
    void a_rate_is_no_matter_of_a_window() {
        Descriptor rate =
                new Descriptor("budget:r", Side.CALLER, Limit.per(Dimension.REQUESTS, 10, Duration.ofMinutes(1)));

        assertThat(limits.seen(new Left(rate, 0, 1, false))).isFalse();
    }

    @Test
    void price_weighs_more_while_money_is_spent_faster_than_the_day_goes_by() {
        rules(rule("house", new Subject.Everyone()));
        CallCommand call = call(CallOptions.NONE, null);
        Descriptor house = limits.inForce().rules().getFirst().counted().getFirst();
        assertThat(limits.costWeight(call)).as("nothing seen").isEqualTo(1);

        limits.seen(left(house, 5));
        assertThat(limits.costWeight(call)).as("half spent at noon: on plan").isEqualTo(1);
        limits.seen(left(house, 3));
        assertThat(limits.costWeight(call))
                .as("70 % spent at noon: 1 + 4 × 0.2 / 0.5")
                .isCloseTo(2.6, within(1e-9));
        limits.seen(left(house, 0));
        assertThat(limits.costWeight(call)).as("all spent").isEqualTo(5);
        wallMillis += Duration.ofHours(12).toMillis();
        assertThat(limits.costWeight(call)).as("tomorrow").isEqualTo(1);
    }

    @Test
    void a_rule_that_is_not_paced_changes_no_weight() {
        limits.swap(new LimitRules(
                List.of(new LimitRule(
                        "house", new Subject.Everyone(), List.of(DAILY), true, Descriptor.Reserves.WORST_CASE, false)),
                ZoneOffset.UTC,
                0.8));
        limits.seen(left(limits.inForce().rules().getFirst().counted().getFirst(), 0));

        assertThat(limits.costWeight(call(CallOptions.NONE, null))).isEqualTo(1);
    }

    private static Left left(Descriptor descriptor, long dollars) {
        return new Left(descriptor, dollars * DOLLAR, 1, false);
    }
}
