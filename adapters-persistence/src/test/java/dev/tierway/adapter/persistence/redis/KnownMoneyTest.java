package dev.tierway.adapter.persistence.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.Reservations;
import dev.tierway.adapter.persistence.redis.ReservationSteps.Ending;
import dev.tierway.application.port.out.Reservation;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Floor;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Period;
import dev.tierway.domain.quota.Side;
import dev.tierway.domain.quota.WindowUsage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an instance remembers of money, in case its server forgets. */
class KnownMoneyTest {
    private static final Descriptor BUDGET = new Descriptor("budget:b", Side.CALLER, Period.DAY.limit(1000));
    private static final Descriptor RATE =
            new Descriptor("key:k", Side.CALLER, Limit.per(Dimension.REQUESTS, 5, Duration.ofMinutes(1)));
    private static final AttemptId ATTEMPT = new AttemptId("call", 1);
    private static final Amounts COST = new Amounts(1, 10, 20, new NanoUsd(7));

    private final KnownSpending known = new KnownSpending();
    private final MoneySteps money = new MoneySteps();

    @Test
    void the_most_that_was_told_of_a_window_counts_and_a_later_window_in_its_place() {
        known.told(BUDGET, new WindowUsage(0, 100, 30, 5, 50));
        known.told(BUDGET, new WindowUsage(0, 100, 20, 50, 60));
        assertThat(known.floors()).containsExactly(new Floor(BUDGET, 0, 100, 30));

        known.told(BUDGET, new WindowUsage(100, 200, 1, 0, 150));
        known.told(BUDGET, new WindowUsage(0, 100, 90, 0, 99));
        assertThat(known.floors()).containsExactly(new Floor(BUDGET, 100, 200, 1));
    }

    @Test
    void nothing_spent_is_not_worth_remembering() {
        known.told(BUDGET, new WindowUsage(0, 100, 0, 5, 50));

        assertThat(known.floors()).isEmpty();
    }

    @Test
    void only_a_server_that_counts_on_has_what_was_acknowledged() {
        long[] millis = {1000};
        StepCount count = new StepCount(() -> millis[0]);
        assertThat(count.acknowledged(1)).isTrue();
        millis[0] = 2000;
        assertThat(count.acknowledged(7)).isTrue();
        millis[0] = 3000;
        assertThat(count.acknowledged(7)).isFalse();
        assertThat(count.acknowledged(3)).isFalse();

        assertThat(count.latest()).isEqualTo(7);
        assertThat(count.atMillis()).isEqualTo(2000);
    }

    @Test
    void what_is_open_is_held_again_by_its_budgets_alone_and_denied_by_nothing() {
        money.granted(Reservations.of(ATTEMPT, List.of(RATE, BUDGET), COST), 0, 0);
        money.granted(Reservations.of(new AttemptId("free", 1), List.of(RATE), COST), 0, 0);

        assertThat(money.held()).singleElement().satisfies(held -> {
            assertThat(held.attempt()).isEqualTo(ATTEMPT);
            assertThat(held.descriptors()).extracting(Descriptor::key).containsExactly(BUDGET.key());
            assertThat(held.descriptors()).noneMatch(Descriptor::enforced);
        });
    }

    @Test
    void what_was_granted_after_a_loss_was_not_lost_in_it() {
        Reservation asked = Reservations.of(ATTEMPT, List.of(BUDGET), COST);
        money.granted(asked, 0, 1);

        assertThat(money.lost(ATTEMPT, 1)).isNull();
        assertThat(money.lost(ATTEMPT, 2)).isNotNull();
        assertThat(money.lost(new AttemptId("other", 1), 2)).isNull();
    }

    @Test
    void what_ended_in_a_lost_step_is_told_again_without_money() {
        money.granted(Reservations.of(ATTEMPT, List.of(BUDGET), COST), 0, 0);
        money.ended(ATTEMPT, Ending.SETTLED, COST, 5);
        money.ended(ATTEMPT, Ending.SETTLED, COST, 9);

        assertThat(money.held()).isEmpty();
        assertThat(money.endedAfter(5)).isEmpty();
        assertThat(money.endedAfter(4)).singleElement().satisfies(ended -> {
            assertThat(ended.withoutMoney().cost()).isEqualTo(NanoUsd.ZERO);
            assertThat(ended.withoutMoney().outputTokens()).isEqualTo(20);
        });
    }

    @Test
    void what_the_server_has_let_expire_is_forgotten() {
        money.granted(Reservations.of(ATTEMPT, List.of(BUDGET), COST), 1000, 0);
        money.forgetBefore(1000);
        assertThat(money.held()).hasSize(1);
        money.forgetBefore(1001);

        assertThat(money.held()).isEmpty();
    }
}
