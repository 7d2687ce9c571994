package dev.tierway.adapter.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.adapter.persistence.DecisionLogContract;
import dev.tierway.adapter.persistence.Decisions;
import dev.tierway.adapter.persistence.ManualClock;
import dev.tierway.adapter.persistence.Queries;
import dev.tierway.adapter.persistence.Retention;
import dev.tierway.adapter.persistence.decision.KeptDecisions;
import dev.tierway.adapter.persistence.decision.RingDecisionLog;
import dev.tierway.application.explain.DecisionDocument;
import dev.tierway.application.explain.DecisionExplainer;
import dev.tierway.application.port.out.DecisionLog;
import dev.tierway.application.port.out.DecisionLog.Page;
import dev.tierway.application.port.out.DecisionLog.Query;
import dev.tierway.application.replay.Replay;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.failure.FailureClass;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteDecisionLogTest implements DecisionLogContract {
    private static final Retention MUCH = new Retention(1_000_000, Duration.ofDays(36_500));

    private final ManualClock clock = new ManualClock();

    @TempDir
    Path folder;

    private SqliteDatabase database;
    private SqliteDecisionLog log;

    @BeforeEach
    void open() {
        database = SqliteDatabase.open(SqliteOptions.at(folder.resolve("tierway.db")));
        log = log(1000, MUCH);
    }

    private SqliteDecisionLog log(int ring, Retention retention) {
        return new SqliteDecisionLog(database, ring, DecisionExplainer::document, retention, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    public DecisionLog log() {
        return log;
    }

    @Test
    void failures_and_spills_outlive_the_process_and_others_do_not() {
        log.append(Decisions.named("delivered").delivered());
        log.append(Decisions.named("failed").failed(FailureClass.TIMEOUT));
        log.append(Decisions.named("spilled").spilled());
        log.append(Decisions.named("dry").dryRun());
        log.close();
        database.close();
        open();

        assertThat(ids(log, Queries.newest(10))).containsExactly("spilled", "failed");
        assertThat(Answers.of(log.find("delivered", false))).isEmpty();
    }

    @Test
    void one_delivered_call_in_a_hundred_is_kept_by_its_seed() {
        SplittableRandom seeds = new SplittableRandom(7);
        int kept = 0;
        for (int n = 0; n < 20_000; n++) {
            kept += isKept(seeds.nextLong()) ? 1 : 0;
        }
        assertThat(kept).isBetween(150, 250);
        int small = 0;
        for (long seed = 0; seed < 20_000; seed++) {
            small += isKept(seed) ? 1 : 0;
        }
        assertThat(small).isBetween(150, 250);
    }

    private static final Selection DELIVERED = Decisions.named("any").delivered();

    private static boolean isKept(long seed) {
        return KeptDecisions.isKept(new Selection(
                DELIVERED.identity(),
                DELIVERED.generation(),
                seed,
                DELIVERED.features(),
                DELIVERED.policy(),
                DELIVERED.rounds(),
                DELIVERED.result(),
                DELIVERED.warnings()));
    }

    @Test
    void memory_and_file_are_shown_as_one_without_repetition() {
        SqliteDecisionLog small = log(3, MUCH);
        List<String> expected = new ArrayList<>();
        for (int n = 0; n < 12; n++) {
            boolean spills = n % 3 == 0;
            Decisions decision = Decisions.named("dec_" + n);
            small.append(spills ? decision.spilled() : decision.delivered());
            clock.advance(Duration.ofMillis(1));
            if (spills || n >= 9) {
                expected.addFirst("dec_" + n);
            }
        }

        List<String> paged = new ArrayList<>();
        String cursor = null;
        do {
            Page page = Answers.of(small.find(Queries.after(cursor, 2)));
            paged.addAll(Decisions.ids(page.data()));
            cursor = page.nextCursor();
        } while (cursor != null);
        assertThat(paged).isEqualTo(expected);
        assertThat(paged).containsExactly("dec_11", "dec_10", "dec_9", "dec_6", "dec_3", "dec_0");
    }

    @Test
    void the_file_answers_filters_as_the_memory_does() {
        List<Selection> all = List.of(
                Decisions.named("spilled").at(1000).agent("a").spilled(),
                Decisions.named("limited").at(2000).agent("b").failed(FailureClass.RATE_LIMITED),
                Decisions.named("late").at(3000).failed(FailureClass.TIMEOUT));
        RingDecisionLog memory = new RingDecisionLog(10, DecisionExplainer::document, clock, Runnable::run);
        all.forEach(memory::append);
        all.forEach(log::append);
        database.close();
        open();

        for (Query query : List.of(
                Queries.newest(10),
                Queries.status("exhausted"),
                Queries.code("upstream_rate_limited"),
                Queries.model("gpt-y"),
                Queries.replica(Decisions.WEST),
                Queries.agent("a"),
                Queries.spilled(true),
                Queries.spilled(false),
                Queries.between(2000L, 3000L))) {
            assertThat(ids(log, query)).isNotEmpty().isEqualTo(ids(memory, query));
        }
    }

    @Test
    void a_document_comes_out_of_the_file_as_it_went_in() {
        Selection selection = Decisions.named("dec_1").agent("a").spilled();
        SqliteDecisionLog small = log(1, MUCH);
        small.append(selection);
        small.append(Decisions.named("newer").delivered());

        DecisionDocument found = Answers.of(small.find("dec_1", false)).orElseThrow();
        assertThat(found.json().toString())
                .isEqualTo(DecisionExplainer.document(selection).json().toString());
        assertThat(new ArrayList<>(found.json().keySet()))
                .isEqualTo(new ArrayList<>(
                        DecisionExplainer.document(selection).json().keySet()));
    }

    @Test
    void a_decision_in_the_file_can_be_made_again() {
        SqliteDecisionLog small = log(1, MUCH);
        small.append(Decisions.named("dec_1").spilled());
        small.append(Decisions.named("newer").delivered());

        DecisionDocument found = Answers.of(small.find("dec_1", true)).orElseThrow();

        assertThat(Replay.of(found.json()).rounds()).hasSize(2);
    }

    @Test
    void two_programs_may_write_to_one_file() {
        try (SqliteDatabase other = SqliteDatabase.open(SqliteOptions.at(folder.resolve("tierway.db")))) {
            SqliteDecisionLog theirs = new SqliteDecisionLog(other, 10, DecisionExplainer::document, MUCH, clock);
            log.append(Decisions.named("ours").spilled());
            theirs.append(Decisions.named("theirs").spilled());
            clock.advance(Duration.ofMillis(1));
            log.append(Decisions.named("ours too").spilled());
            theirs.close();

            assertThat(ids(log, Queries.newest(10)))
                    .startsWith("ours too")
                    .contains("ours", "theirs")
                    .hasSize(3);
            assertThat(other.health().lost()).isZero();
            assertThat(database.health().lost()).isZero();
        }
    }

    @Test
    void no_more_are_kept_in_the_file_than_retention_says() {
        SqliteDecisionLog small = log(1, new Retention(10, Duration.ofDays(36_500)));
        for (int n = 0; n < 50; n++) {
            small.append(Decisions.named("dec_" + n).spilled());
        }
        Answers.of(database.keepHouse());

        assertThat(ids(small, Queries.newest(100)))
                .hasSize(10)
                .startsWith("dec_49")
                .endsWith("dec_40");
    }

    @Test
    void decisions_in_the_file_that_are_too_old_are_dropped_with_their_documents() {
        SqliteDecisionLog young = log(1, new Retention(1_000_000, Duration.ofDays(7)));
        young.append(Decisions.named("old")
                .at(clock.epochMillis() - Duration.ofDays(8).toMillis())
                .spilled());
        young.append(Decisions.named("new").at(clock.epochMillis()).spilled());
        Answers.of(database.keepHouse());

        assertThat(ids(young, Queries.newest(100))).containsExactly("new");
        assertThat(documents()).isEqualTo(1);
    }

    private long documents() {
        return Answers.of(database.<Long>read(from -> {
            try (var row = from.connection()
                    .prepare("SELECT count(*) FROM decision_document")
                    .executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }));
    }

    @Test
    void a_decision_that_cannot_be_explained_is_counted_and_hurts_no_other() {
        SqliteDecisionLog broken = new SqliteDecisionLog(
                database,
                10,
                selection -> {
                    if (selection.identity().callId().equals("bad")) {
                        throw new IllegalStateException("no words");
                    }
                    return new DecisionDocument(
                            Map.of("id", selection.identity().callId()));
                },
                MUCH,
                clock);
        broken.append(Decisions.named("good").spilled());
        broken.append(Decisions.named("bad").spilled());
        broken.append(Decisions.named("better").spilled());
        broken.close();

        assertThat(database.health().lost()).isEqualTo(1);
        assertThat(database.health().written()).isEqualTo(2);
        assertThat(database.storeUp()).isTrue();
    }

    private static List<String> ids(DecisionLog log, Query query) {
        return Decisions.ids(Answers.of(log.find(query)).data());
    }
}
