package dev.tierway.application.service;

import static dev.tierway.domain.fixture.Replicas.replica;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.error.BudgetExceededException;
import dev.tierway.application.error.Errors;
import dev.tierway.application.error.TierwayException;
import dev.tierway.application.explain.DecisionExplainer;
import dev.tierway.application.fixture.RecordingSink;
import dev.tierway.application.fixture.TestApplication;
import dev.tierway.application.limits.LimitRule;
import dev.tierway.application.limits.LimitRules;
import dev.tierway.application.limits.Subject;
import dev.tierway.application.port.out.QuotaStore;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.LimitUse;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.Models;
import dev.tierway.domain.fixture.Replicas;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Left;
import dev.tierway.domain.quota.Period;
import dev.tierway.domain.routing.Refusal;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Budgets seen from a call: reserved, settled, denied, spoken of. */
class BudgetsTest {
    private static final long DOLLAR = 1_000_000_000L;

    private final RecordingSink sink = new RecordingSink();

    private static TestApplication limited(Fleet fleet, boolean enforced) {
        TestApplication app = TestApplication.with(fleet);
        app.limits.swap(new LimitRules(
                List.of(new LimitRule(
                        "house",
                        new Subject.Everyone(),
                        List.of(Period.DAY.limit(10 * DOLLAR)),
                        enforced,
                        Descriptor.Reserves.WORST_CASE,
                        true)),
                ZoneOffset.UTC,
                0.8));
        return app;
    }

    private static Fleet one(Replicas replica) {
        return Fleet.fleet().with(Models.model("m").maxOutput(4096)).with(replica);
    }

    @Test
    void an_answer_of_unknown_length_needs_a_cap() {
        TestApplication app = limited(Fleet.of("a/m"), true);
        app.call(sink);

        assertThat(Errors.of(sink.selection())).hasMessageContaining("send max_tokens");
    }

    private static Descriptor house(TestApplication app) {
        return app.limits.inForce().rules().getFirst().counted().getFirst();
    }

    private static QuotaStore.Result left(TestApplication app, long nanoUsd) {
        return new QuotaStore.Result.Granted(
                List.of(new Left(house(app), nanoUsd, Duration.ofHours(3).toNanos(), false)));
    }

    @Test
    void a_selection_says_what_a_call_reserved_and_settled_of_a_budget() {
        TestApplication app = limited(one(replica("a/m")), true);
        app.quota.answers(id -> left(app, 5 * DOLLAR));
        app.call(sink);
        app.transport.last().sent().answers("hi");

        LimitUse use = sink.selection().limits().getFirst();
        assertThat(use.descriptor()).isEqualTo(house(app));
        assertThat(use.reserved()).as("the worst case").isGreaterThan(1_000_000);
        assertThat(use.settled()).isPositive().isLessThan(use.reserved());
        assertThat(use.available()).isEqualTo(5 * DOLLAR + use.reserved() - use.settled());
        assertThat(use.warned()).isFalse();
        assertThat(DecisionExplainer.document(sink.selection()).toString())
                .contains("budget:house", "remaining_usd", "2023-11-15T01:13:20Z");
    }

    @Test
    void a_budget_that_is_nearly_used_up_is_spoken_of() {
        TestApplication app = limited(one(replica("a/m")), true);
        app.quota.answers(id -> left(app, DOLLAR));
        app.call(sink);
        app.transport.last().sent().answers("hi");

        assertThat(sink.begun().warnings())
                .singleElement()
                .asString()
                .contains("budget 'house'", "1 USD of 10 USD per day");
        assertThat(DecisionExplainer.warnings(sink.selection()))
                .singleElement()
                .asString()
                .contains("budget 'house'");
        assertThat(app.recorded.nearlyUsed()).extracting(Left::descriptor).containsExactly(house(app));
    }

    @Test
    void a_denied_call_is_told_what_how_much_until_when_and_what_would_fit() {
        TestApplication app = limited(one(replica("a/m")), true);
        long midnight = Duration.ofHours(3).toNanos();
        app.quota.answers(id -> new QuotaStore.Result.Denied(house(app), midnight, 2_200_000));
        app.call(sink);

        assertThat(sink.result()).isInstanceOf(CallResult.LimitReached.class);
        TierwayException thrown = Errors.of(sink.selection());
        assertThat(thrown).isInstanceOf(BudgetExceededException.class);
        assertThat(thrown.httpStatus()).isEqualTo(402);
        assertThat(thrown.retryable()).as("not within a client's patience").isFalse();
        assertThat(thrown)
                .hasMessageContaining("budget 'house' allows 10 USD per day: 0.0022 USD left")
                .hasMessageContaining("max_tokens of 500 would fit")
                .hasMessageContaining("try again at 2023-11-15T01:13:20Z");
    }

    @Test
    void open_reservations_in_the_way_are_worth_a_retry() {
        TestApplication app = limited(one(replica("a/m")), true);
        app.quota.answers(id ->
                new QuotaStore.Result.Denied(house(app), Duration.ofSeconds(1).toNanos(), 2_200_000));
        app.call(sink);

        TierwayException thrown = Errors.of(sink.selection());
        assertThat(thrown.retryable()).isTrue();
        assertThat(thrown.retryAfter()).contains(Duration.ofSeconds(1));
        assertThat(thrown.getMessage()).doesNotContain("max_tokens");
    }

    @Test
    void nobody_whose_cost_is_unknown_slips_by_an_enforced_budget() {
        TestApplication app = limited(one(replica("a/m").unpriced()), true);
        app.call(sink);

        assertThat(sink.result())
                .isInstanceOfSatisfying(
                        CallResult.Refused.class,
                        refused -> assertThat(refused.refusal().reason()).isEqualTo(Refusal.Reason.COST_UNKNOWN));
        assertThat(Errors.of(sink.selection()))
                .hasMessageContaining("cost_unknown")
                .hasMessageContaining("configure the replica's price");
        assertThat(app.transport.attempts()).isEmpty();
    }

    @Test
    void the_dearest_known_price_of_the_tier_stands_in_for_an_unknown_one() {
        TestApplication app =
                limited(one(replica("a/m").unpriced()).with(replica("b/n").price("100", "200")), true);
        app.quota.answers(id -> left(app, 5 * DOLLAR));
        app.start(app.command("a/m", false), sink);
        app.transport.last().sent().answers("hi");

        LimitUse use = sink.selection().limits().getFirst();
        assertThat(use.settled()).as("1,000 × 100 + 100 × 200 USD per million").isEqualTo(120_000_000);
    }

    @Test
    void a_budget_that_is_not_enforced_lets_unknown_prices_pass() {
        TestApplication app = limited(one(replica("a/m").unpriced()), false);
        app.quota.answers(id -> left(app, 5 * DOLLAR));
        app.call(sink);

        assertThat(app.transport.attempts()).hasSize(1);
    }

    @Test
    void price_weighs_more_in_a_call_whose_budget_is_ahead_of_plan() {
        TestApplication app = limited(one(replica("a/m")), true);
        app.limits.seen(new Left(house(app), 0, 1, false));
        app.quota.answers(id -> left(app, DOLLAR));
        app.call(sink);
        app.transport.last().sent().answers("hi");

        assertThat(sink.selection().policy().weights().cost()).isGreaterThan(1);
    }
}
