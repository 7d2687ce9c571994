package dev.tierway.adapter.persistence.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.adapter.persistence.DecisionLogContract;
import dev.tierway.adapter.persistence.Decisions;
import dev.tierway.adapter.persistence.ManualClock;
import dev.tierway.adapter.persistence.Queries;
import dev.tierway.adapter.persistence.Retention;
import dev.tierway.application.explain.DecisionExplainer;
import dev.tierway.application.port.out.DecisionLog;
import dev.tierway.application.replay.Replay;
import dev.tierway.domain.failure.FailureClass;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresDecisionLogIT implements DecisionLogContract {
    private static final Retention MUCH = new Retention(1_000_000, Duration.ofDays(36_500));

    private final String name = PostgresServer.database();
    private final ManualClock clock = new ManualClock();
    private PostgresDatabase database;
    private PostgresWriter writer;
    private PostgresDecisionLog log;

    @BeforeEach
    void open() {
        database = PostgresServer.open(name);
        writer = new PostgresWriter(database);
        log = log(1000, MUCH);
    }

    private PostgresDecisionLog log(int ring, Retention retention) {
        return new PostgresDecisionLog(database, writer, ring, DecisionExplainer::document, retention, clock);
    }

    @AfterEach
    void close() {
        writer.close();
        database.close();
    }

    @Override
    public DecisionLog log() {
        return log;
    }

    @Test
    void failures_and_spills_outlive_the_process_with_what_suffices_to_decide_again() {
        log.append(Decisions.named("delivered").delivered());
        log.append(Decisions.named("failed").failed(FailureClass.TIMEOUT));
        log.append(Decisions.named("spilled").spilled());
        log.append(Decisions.named("dry").dryRun());
        log.close();
        close();
        open();

        assertThat(Decisions.ids(Answers.of(log.find(Queries.newest(10))).data()))
                .containsExactly("spilled", "failed");
        assertThat(Answers.of(log.find("delivered", false))).isEmpty();
        assertThat(Replay.of(Answers.of(log.find("spilled", true)).orElseThrow().json())
                        .rounds())
                .hasSize(2);
    }

    @Test
    void what_one_gateway_decided_is_found_on_the_other() {
        PostgresDecisionLog other = log(1000, MUCH);
        log.append(Decisions.named("here").failed(FailureClass.TIMEOUT));
        other.append(Decisions.named("there").failed(FailureClass.TIMEOUT));

        assertThat(Decisions.ids(Answers.of(log.find(Queries.newest(10))).data()))
                .containsExactlyInAnyOrder("here", "there");
        assertThat(Answers.of(other.find("here", false))).isPresent();
    }

    @Test
    void a_decision_that_can_not_be_written_is_lost_alone_and_counted() {
        PostgresDecisionLog failing = new PostgresDecisionLog(
                database,
                writer,
                1,
                selection -> {
                    if (selection.identity().callId().equals("bad")) {
                        throw new IllegalStateException("can't be explained");
                    }
                    return DecisionExplainer.document(selection);
                },
                MUCH,
                clock);
        failing.append(Decisions.named("one").failed(FailureClass.TIMEOUT));
        failing.append(Decisions.named("bad").spilled());
        failing.append(Decisions.named("two").failed(FailureClass.TIMEOUT));
        failing.close();

        assertThat(writer.health().lost()).isEqualTo(1);
        assertThat(writer.health().written()).isEqualTo(2);
        assertThat(PostgresServer.number(name, "SELECT count(*) FROM decision")).isEqualTo(2);
    }

    @Test
    void a_name_with_a_character_the_server_can_not_hold_is_kept_without_it() {
        log.append(Decisions.named("odd").agent("a\u0000b").spilled());

        assertThat(Decisions.ids(
                        Answers.of(log(1, MUCH).find(Queries.agent("a\uFFFDb"))).data()))
                .containsExactly("odd");
        assertThat(writer.health().lost()).isZero();
    }

    @Test
    void what_could_not_be_written_is_written_when_the_server_is_back() {
        PostgresServer.execute(name, "ALTER TABLE decision RENAME TO gone");
        PostgresServer.execute(name, "CREATE VIEW decision AS SELECT * FROM gone");
        PostgresServer.execute(
                name,
                "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no room'"
                        + " USING ERRCODE = '53100'; END $$",
                "CREATE TRIGGER full_disk INSTEAD OF INSERT ON decision FOR EACH ROW EXECUTE FUNCTION full_disk()");
        log.append(Decisions.named("waits").failed(FailureClass.TIMEOUT));
        var written = writer.flush().toCompletableFuture();
        while (writer.health().up()) {
            Thread.onSpinWait();
        }
        assertThat(writer.health().problem()).isEqualTo("its disk is full");
        assertThat(written).isNotDone();

        PostgresServer.execute(name, "DROP VIEW decision", "ALTER TABLE gone RENAME TO decision");
        Answers.of(written);
        assertThat(writer.health().up()).isTrue();
        assertThat(writer.health().lost()).isZero();
        assertThat(PostgresServer.number(name, "SELECT count(*) FROM decision")).isEqualTo(1);
    }

    @Test
    void old_decisions_are_dropped_with_their_documents() {
        PostgresDecisionLog shortLived = log(1, new Retention(1_000_000, Duration.ofDays(1)));
        shortLived.append(Decisions.named("old").at(1000).failed(FailureClass.TIMEOUT));
        shortLived.append(Decisions.named("new").at(clock.epochMillis()).failed(FailureClass.TIMEOUT));
        shortLived.close();

        writer.keepHouse();

        assertThat(PostgresServer.number(name, "SELECT count(*) FROM decision")).isEqualTo(1);
        assertThat(PostgresServer.number(name, "SELECT count(*) FROM decision_document"))
                .isEqualTo(1);
    }
}
