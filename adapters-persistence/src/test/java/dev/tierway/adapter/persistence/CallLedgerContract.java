package dev.tierway.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.port.out.CallLedger;
import dev.tierway.application.port.out.LedgerRow;
import dev.tierway.domain.failure.FailureClass;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What every ledger promises. */
public interface CallLedgerContract {
    CallLedger ledger();

    @Test
    default void rows_come_back_as_they_were_newest_first() {
        List<LedgerRow> rows = List.of(LedgerRows.full(1), LedgerRows.bare(2), LedgerRows.full(3));
        rows.forEach(ledger()::append);

        assertThat(Answers.of(ledger().latest(10))).containsExactly(rows.get(2), rows.get(1), rows.get(0));
    }

    @Test
    default void what_is_unknown_stays_unknown() {
        ledger().append(LedgerRows.bare(1));

        LedgerRow row = Answers.of(ledger().latest(1)).getFirst();
        assertThat(row.usage()).isNull();
        assertThat(row.cost()).isNull();
        assertThat(row.key()).isNull();
        assertThat(row.agent()).isNull();
        assertThat(row.workflow()).isNull();
    }

    @Test
    default void every_class_of_failure_is_kept() {
        List<LedgerRow> rows = new ArrayList<>();
        for (FailureClass failure : FailureClass.values()) {
            rows.add(LedgerRows.failed(rows.size(), failure));
        }
        rows.forEach(ledger()::append);

        Collections.reverse(rows);
        assertThat(Answers.of(ledger().latest(100))).isEqualTo(rows);
    }

    @Test
    default void no_more_rows_come_than_were_asked_for() {
        for (int n = 0; n < 5; n++) {
            ledger().append(LedgerRows.bare(n));
        }
        assertThat(Answers.of(ledger().latest(2))).containsExactly(LedgerRows.bare(4), LedgerRows.bare(3));
    }

    @Test
    default void an_empty_ledger_has_no_rows() {
        assertThat(Answers.of(ledger().latest(10))).isEmpty();
    }

    @Test
    default void asking_for_no_rows_is_a_mistake() {
        assertThat(Answers.failure(ledger().latest(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("limit must be 1 or more, not 0");
    }

    @Test
    default void rows_of_many_threads_are_all_kept() {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int n = 0; n < 400; n++) {
                LedgerRow row = LedgerRows.full(n);
                threads.execute(() -> ledger().append(row));
            }
        }
        assertThat(Answers.of(ledger().latest(1000))).doesNotHaveDuplicates().hasSize(400);
    }

    @Test
    default void closing_twice_is_harmless() {
        ledger().append(LedgerRows.bare(1));
        ledger().close();
        ledger().close();

        assertThat(Answers.of(ledger().latest(10))).containsExactly(LedgerRows.bare(1));
    }
}
