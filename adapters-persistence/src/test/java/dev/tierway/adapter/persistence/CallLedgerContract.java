package dev.tierway.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.memory.MemoryCallLedger;
import dev.tierway.application.port.out.AttemptOutcome;
import dev.tierway.application.port.out.CallLedger;
import dev.tierway.application.port.out.LedgerCursor;
import dev.tierway.application.port.out.LedgerField;
import dev.tierway.application.port.out.LedgerGroup;
import dev.tierway.application.port.out.LedgerPage;
import dev.tierway.application.port.out.LedgerQuery;
import dev.tierway.application.port.out.LedgerRow;
import dev.tierway.application.port.out.LedgerTotals;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.money.TokenUsage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What every ledger promises. Each test has a ledger of its own that keeps at least 5,000 rows of any age. */
public interface CallLedgerContract {
    CallLedger ledger();

    private List<LedgerRow> rows(LedgerQuery query, int limit) {
        return Answers.of(ledger().query(query, limit, LedgerCursor.NEWEST)).rows();
    }

    private List<LedgerRow> all() {
        return rows(LedgerQuery.ALL, 10_000);
    }

    /** Page after page. */
    private List<LedgerRow> paged(LedgerQuery query, int limit, Runnable between) {
        List<LedgerRow> found = new ArrayList<>();
        LedgerCursor next = LedgerCursor.NEWEST;
        while (next != null) {
            LedgerPage page = Answers.of(ledger().query(query, limit, LedgerCursor.parse(next.toString())));
            assertThat(page.rows()).hasSizeLessThanOrEqualTo(limit);
            found.addAll(page.rows());
            next = page.next();
            between.run();
        }
        return found;
    }

    @Test
    default void rows_come_back_as_they_were_newest_first() {
        List<LedgerRow> rows = List.of(LedgerRows.full(1), LedgerRows.bare(2), LedgerRows.full(3));
        rows.forEach(ledger()::append);

        assertThat(all()).containsExactly(rows.get(2), rows.get(1), rows.get(0));
    }

    @Test
    default void what_is_unknown_stays_unknown() {
        ledger().append(LedgerRows.bare(1));

        LedgerRow row = all().getFirst();
        assertThat(row.usage()).isNull();
        assertThat(row.cost()).isNull();
        assertThat(row.timing().durationNanos()).isNull();
        assertThat(row.timing().firstTokenNanos()).isNull();
        assertThat(row.served().tier()).isNull();
        assertThat(row.origin()).isEqualTo(LedgerRows.bare(1).origin());
    }

    @Test
    default void every_class_of_failure_and_every_outcome_is_kept() {
        List<LedgerRow> rows = new ArrayList<>();
        for (FailureClass failure : FailureClass.values()) {
            rows.add(LedgerRows.ended(rows.size(), AttemptOutcome.FAILED, failure));
        }
        for (AttemptOutcome outcome : AttemptOutcome.values()) {
            rows.add(LedgerRows.ended(rows.size(), outcome, null));
            rows.add(LedgerRows.ended(rows.size(), outcome, FailureClass.CANCELLED));
        }
        rows.forEach(ledger()::append);

        Collections.reverse(rows);
        assertThat(all()).isEqualTo(rows);
    }

    @Test
    default void pages_follow_each_other_without_gaps_or_repetition_while_rows_are_appended() {
        for (int n = 0; n < 25; n++) {
            ledger().append(LedgerRows.full(n));
        }
        List<LedgerRow> before = all();
        int[] more = {25};

        List<LedgerRow> found = paged(LedgerQuery.ALL, 4, () -> ledger().append(LedgerRows.full(more[0]++)));

        assertThat(found).isEqualTo(before);
    }

    @Test
    default void a_full_last_page_has_none_after_it() {
        for (int n = 0; n < 4; n++) {
            ledger().append(LedgerRows.bare(n));
        }
        LedgerPage page = Answers.of(ledger().query(LedgerQuery.ALL, 4, LedgerCursor.NEWEST));

        assertThat(page.rows()).hasSize(4);
        assertThat(page.next()).isNull();
    }

    @Test
    default void rows_are_found_by_each_of_their_names() {
        LedgerRow wanted = LedgerRows.full(1);
        ledger().append(wanted);
        ledger().append(LedgerRows.bare(2));

        for (LedgerField field : LedgerField.values()) {
            String value = field.of(wanted);
            assertThat(rows(LedgerQuery.ALL.where(field, value), 10))
                    .as(field.id())
                    .containsExactly(wanted);
            assertThat(rows(LedgerQuery.ALL.where(field, value + "x"), 10))
                    .as(field.id())
                    .isEmpty();
        }
    }

    @Test
    default void rows_are_found_by_the_names_they_lack() {
        ledger().append(LedgerRows.full(1));
        LedgerRow bare = LedgerRows.bare(2);
        ledger().append(bare);

        for (LedgerField field : List.of(LedgerField.KEY, LedgerField.AGENT, LedgerField.WORKFLOW)) {
            assertThat(rows(LedgerQuery.ALL.without(field), 10)).as(field.id()).containsExactly(bare);
        }
        assertThat(rows(LedgerQuery.ALL.without(LedgerField.KEY).where(LedgerField.AGENT, "agent-7"), 10))
                .isEmpty();
    }

    @Test
    default void totals_know_when_the_first_began_and_the_last_ended() {
        ledger().append(LedgerRows.full(200));
        ledger().append(LedgerRows.bare(300));

        LedgerTotals.Totals all = Answers.of(ledger().totals(LedgerQuery.ALL, LedgerGroup.PROVIDER))
                .all();
        assertThat(all.firstEpochMillis()).isEqualTo(LedgerRows.AT + 200 - 123);
        assertThat(all.lastEpochMillis()).isEqualTo(LedgerRows.AT + 300);
        LedgerTotals.Totals none = Answers.of(
                        ledger().totals(LedgerQuery.ALL.where(LedgerField.AGENT, "nobody"), LedgerGroup.PROVIDER))
                .all();
        assertThat(none.firstEpochMillis()).isNull();
    }

    @Test
    default void rows_are_found_by_tags_whatever_their_names_are_made_of() {
        LedgerRow wanted = LedgerRows.full(1);
        ledger().append(wanted);
        ledger().append(LedgerRows.bare(2));

        wanted.origin().tags().forEach((name, value) -> {
            assertThat(rows(LedgerQuery.ALL.tag(name, value), 10)).containsExactly(wanted);
            assertThat(rows(LedgerQuery.ALL.tag(name, value + "x"), 10)).isEmpty();
            assertThat(rows(LedgerQuery.ALL.tag(value, name), 10)).isEmpty();
        });
    }

    @Test
    default void a_time_begins_with_its_first_millisecond_and_ends_before_its_last() {
        for (int n = 0; n < 4; n++) {
            ledger().append(LedgerRows.bare(n));
        }
        LedgerQuery middle = LedgerQuery.ALL.since(LedgerRows.AT + 1).until(LedgerRows.AT + 3);

        assertThat(rows(middle, 10)).containsExactly(LedgerRows.bare(2), LedgerRows.bare(1));
    }

    /** Against {@link LedgerQuery#matches}, and for totals against the ledger in memory, which has examples of its own. */
    @Test
    default void any_query_finds_the_rows_it_matches_and_adds_them_up() {
        long seed = 0x7113;
        RandomRows random = new RandomRows(seed);
        ManualClock clock = new ManualClock();
        MemoryCallLedger reference = new MemoryCallLedger(new Retention(10_000, Duration.ofDays(36_500)), clock);
        List<LedgerRow> rows = new ArrayList<>();
        for (int n = 0; n < 300; n++) {
            LedgerRow row = random.row();
            rows.add(row);
            ledger().append(row);
            reference.append(row);
        }
        Collections.reverse(rows);
        int found = 0;
        for (int n = 0; n < 300; n++) {
            LedgerQuery query = random.query();
            List<LedgerRow> expected = rows.stream().filter(query::matches).toList();
            found += expected.isEmpty() ? 0 : 1;
            assertThat(paged(query, 7, () -> {})).as("seed %s, %s", seed, query).isEqualTo(expected);
            LedgerGroup by = LedgerGroup.values()[n % LedgerGroup.values().length];
            assertThat(Answers.of(ledger().totals(query, by)))
                    .as("seed %s, %s by %s", seed, query, by)
                    .isEqualTo(Answers.of(reference.totals(query, by)));
        }
        assertThat(found).as("queries that find anything").isGreaterThan(50);
    }

    @Test
    default void totals_count_what_is_unknown_apart() {
        ledger().append(LedgerRows.attempt(LedgerRows.full(1), "one", 1));
        ledger().append(LedgerRows.attempt(LedgerRows.full(2), "one", 2));
        ledger().append(LedgerRows.attempt(LedgerRows.ended(3, AttemptOutcome.FAILED, FailureClass.TIMEOUT), "one", 3));
        ledger().append(LedgerRows.bare(4));

        LedgerTotals totals = Answers.of(ledger().totals(LedgerQuery.ALL, LedgerGroup.MODEL));

        assertThat(totals.all().calls()).isEqualTo(2);
        assertThat(totals.all().allAttempts()).isEqualTo(4);
        assertThat(totals.all().attempts())
                .containsEntry(AttemptOutcome.DELIVERED, 2L)
                .containsEntry(AttemptOutcome.FAILED, 1L)
                .containsEntry(AttemptOutcome.UNKNOWN, 1L)
                .containsEntry(AttemptOutcome.ABANDONED, 0L);
        assertThat(totals.all().tokens())
                .isEqualTo(new TokenUsage(3660, 60, 40, 20, 14, 192, 12, 10, 8, TokenUsage.Counted.REPORTED));
        assertThat(totals.all().cost()).isEqualTo(new NanoUsd(11_070_000));
        assertThat(totals.all().unpriced()).isEqualTo(2);
        assertThat(totals.all().uncounted()).isEqualTo(2);
        assertThat(totals.groups()).extracting(LedgerTotals.Group::name).containsExactly("llama-3.3-70b", "b");
        assertThat(totals.groups()).extracting(group -> group.totals().calls()).containsExactly(1L, 1L);
        assertThat(totals.more()).isFalse();
    }

    @Test
    default void rows_without_a_name_are_a_group_too() {
        ledger().append(LedgerRows.bare(1));
        ledger().append(LedgerRows.full(2));

        assertThat(Answers.of(ledger().totals(LedgerQuery.ALL, LedgerGroup.AGENT))
                        .groups())
                .extracting(LedgerTotals.Group::name)
                .containsExactly("agent-7", null);
    }

    @Test
    default void days_are_in_their_order() {
        long midnight = 1_700_006_400_000L;
        ledger().append(LedgerRows.endedAt(LedgerRows.bare(1), midnight - 1));
        ledger().append(LedgerRows.endedAt(LedgerRows.full(2), midnight));

        assertThat(Answers.of(ledger().totals(LedgerQuery.ALL, LedgerGroup.DAY)).groups())
                .extracting(LedgerTotals.Group::name)
                .containsExactly("2023-11-14", "2023-11-15");
    }

    @Test
    default void more_groups_than_anybody_reads_are_cut_and_said_so() {
        for (int n = 0; n <= LedgerTotals.MOST_GROUPS; n++) {
            LedgerRow row = LedgerRows.full(n);
            LedgerRow.Origin origin = new LedgerRow.Origin(
                    "r",
                    null,
                    null,
                    "agent-" + n,
                    null,
                    null,
                    null,
                    row.origin().tags());
            ledger().append(new LedgerRow(
                    row.attempt(),
                    row.first(),
                    row.served(),
                    origin,
                    row.timing(),
                    row.charge(),
                    row.outcome(),
                    row.failure()));
        }
        LedgerTotals totals = Answers.of(ledger().totals(LedgerQuery.ALL, LedgerGroup.AGENT));

        assertThat(totals.groups()).hasSize(LedgerTotals.MOST_GROUPS);
        assertThat(totals.more()).isTrue();
        assertThat(totals.all().allAttempts()).isEqualTo(LedgerTotals.MOST_GROUPS + 1);
    }

    @Test
    default void an_empty_ledger_has_no_rows_and_comes_to_nothing() {
        assertThat(all()).isEmpty();
        LedgerTotals totals = Answers.of(ledger().totals(LedgerQuery.ALL, LedgerGroup.KEY));
        assertThat(totals.groups()).isEmpty();
        assertThat(totals.all().calls()).isZero();
        assertThat(totals.all().cost()).isEqualTo(NanoUsd.ZERO);
        assertThat(totals.all().attempts()).hasSameSizeAs(AttemptOutcome.values());
    }

    @Test
    default void asking_for_no_rows_is_a_mistake() {
        assertThat(Answers.failure(ledger().query(LedgerQuery.ALL, 0, LedgerCursor.NEWEST)))
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
        assertThat(all()).doesNotHaveDuplicates().hasSize(400);
    }

    @Test
    default void closing_twice_is_harmless() {
        ledger().append(LedgerRows.bare(1));
        ledger().close();
        ledger().close();

        assertThat(all()).containsExactly(LedgerRows.bare(1));
    }
}
