package dev.tierway.application.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.fixture.BookedLedger;
import dev.tierway.application.fixture.FakeQuotaStore;
import dev.tierway.application.fixture.Recorded;
import dev.tierway.application.limits.LedgerFloors;
import dev.tierway.application.limits.LimitRule;
import dev.tierway.application.limits.LimitRules;
import dev.tierway.application.limits.LimitsInForce;
import dev.tierway.application.limits.Subject;
import dev.tierway.application.port.out.BudgetsRaised;
import dev.tierway.application.port.out.BudgetsRaised.Source;
import dev.tierway.application.port.out.UsageLoss;
import dev.tierway.application.port.out.UsageLoss.Cause;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Period;
import dev.tierway.domain.quota.Raised;
import dev.tierway.domain.quota.Side;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Money is the higher of what the store and what the account book says, after the store has lost something. */
class BudgetRebuildTest {
    private static final long NOON = Instant.parse("2026-11-20T12:00:00Z").toEpochMilli();
    private static final Descriptor BUDGET = new Descriptor("budget:house", Side.CALLER, Period.DAY.limit(1000));

    private final BookedLedger ledger = new BookedLedger();
    private final FakeQuotaStore store = new FakeQuotaStore();
    private final Recorded heard = new Recorded();
    private final LimitsInForce limits = new LimitsInForce(
            new LimitRules(
                    List.of(new LimitRule(
                            "house",
                            new Subject.Everyone(),
                            List.of(BUDGET.limit()),
                            true,
                            Descriptor.Reserves.WORST_CASE,
                            false)),
                    ZoneOffset.UTC,
                    0.8),
            () -> NOON);
    private final BudgetRebuild rebuild = new BudgetRebuild(new LedgerFloors(ledger, limits, () -> NOON));

    private CompletableFuture<Void> lost(Cause cause, Raised... remembered) {
        return rebuild.lost(new UsageLoss(cause, NOON, List.of(remembered))).toCompletableFuture();
    }

    @Test
    void what_the_book_knows_beyond_what_was_remembered_is_raised_and_everybody_hears_of_both() {
        rebuild.begin(store, List.of(heard));
        store.spent().put(BUDGET.key(), 300L);
        ledger.spent(NOON - 1, 450, null, null, Map.of());
        lost(Cause.FORGOTTEN, new Raised(BUDGET, 300)).join();

        assertThat(store.spent()).containsEntry(BUDGET.key(), 450L);
        assertThat(heard.budgetsRaised())
                .containsExactly(
                        new BudgetsRaised(
                                Cause.FORGOTTEN, Source.REMEMBERED, List.of(new Raised(BUDGET, 300)), List.of()),
                        new BudgetsRaised(Cause.FORGOTTEN, Source.LEDGER, List.of(new Raised(BUDGET, 150)), List.of()));
        assertThat(heard.budgetsRaised().getLast().by()).isEqualTo(new NanoUsd(150));
        assertThat(heard.budgetsRaised().getLast().budgets()).containsExactly("house");
    }

    @Test
    void a_book_that_knows_less_lowers_nothing() {
        rebuild.begin(store, List.of(heard));
        store.spent().put(BUDGET.key(), 300L);
        ledger.spent(NOON - 1, 200, null, null, Map.of());
        lost(Cause.FORGOTTEN).join();

        assertThat(store.spent()).containsEntry(BUDGET.key(), 300L);
        assertThat(heard.budgetsRaised().getLast().raised()).isEmpty();
    }

    @Test
    void what_was_lost_before_it_began_waits() {
        ledger.spent(NOON - 1, 200, null, null, Map.of());
        CompletableFuture<Void> waiting = lost(Cause.NEW);
        assertThat(waiting).isNotDone();
        rebuild.begin(store, List.of(heard));

        assertThat(waiting).isCompleted();
        assertThat(store.spent()).containsEntry(BUDGET.key(), 200L);
        assertThat(heard.budgetsRaised())
                .singleElement()
                .satisfies(told -> assertThat(told.source()).isEqualTo(Source.LEDGER));
    }

    @Test
    void a_book_that_can_not_be_asked_is_a_failure_and_listeners_hear_of_what_was_remembered_once() {
        rebuild.begin(store, List.of(heard));
        ledger.breaks(new IllegalStateException("the disk is gone"));
        UsageLoss loss = new UsageLoss(Cause.FORGOTTEN, NOON, List.of(new Raised(BUDGET, 300)));
        assertThat(rebuild.lost(loss)).isCompletedExceptionally();
        ledger.breaks(null);
        ledger.spent(NOON - 1, 200, null, null, Map.of());

        assertThat(rebuild.lost(loss)).isCompleted();
        assertThat(heard.budgetsRaised())
                .extracting(BudgetsRaised::source)
                .containsExactly(Source.REMEMBERED, Source.LEDGER);
    }
}
