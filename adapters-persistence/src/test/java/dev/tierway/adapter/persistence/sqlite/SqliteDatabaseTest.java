package dev.tierway.adapter.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.adapter.persistence.StoreException;
import dev.tierway.adapter.persistence.StoreHealth;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteDatabaseTest {
    @TempDir
    Path folder;

    private SqliteDatabase database;

    @BeforeEach
    void open() {
        database = open(1000);
        Answers.of(write("CREATE TABLE thing (id INTEGER PRIMARY KEY, text TEXT UNIQUE)"));
    }

    private SqliteDatabase open(int queue) {
        return SqliteDatabase.open(new SqliteOptions(
                folder.resolve("tierway.db"),
                queue,
                Duration.ofMillis(2),
                Duration.ofMillis(50),
                2,
                Duration.ofSeconds(1)));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void writes_that_wait_together_are_committed_together() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        database.submit(on -> await(busy));
        long before = database.groups();
        for (int n = 0; n < 500; n++) {
            submit("INSERT INTO thing (text) VALUES ('" + n + "')");
        }
        CompletionStage<Void> flushed = database.flush();
        busy.countDown();
        Answers.of(flushed);

        assertThat(things()).hasSize(500);
        assertThat(database.groups() - before).isLessThanOrEqualTo(2);
    }

    @Test
    void what_finds_no_room_is_counted_and_shown() throws Exception {
        database.close();
        database = open(10);
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch busy = new CountDownLatch(1);
        database.submit(on -> {
            started.countDown();
            await(busy);
        });
        assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
        for (int n = 0; n < 13; n++) {
            submit("INSERT INTO thing (text) VALUES ('" + n + "')");
        }

        StoreHealth health = database.health();
        assertThat(health.lost()).isEqualTo(3);
        assertThat(health.waiting()).isEqualTo(10);
        assertThat(health.up()).isFalse();
        assertThat(health.problem()).isEqualTo("the disk is too slow: too many writes wait");

        busy.countDown();
        Answers.of(database.flush());
        assertThat(things()).hasSize(10);
        assertThat(database.storeUp()).isTrue();
    }

    @Test
    void a_write_that_is_wrong_does_not_take_the_others_with_it() {
        List<String> ends = new ArrayList<>();
        CountDownLatch busy = new CountDownLatch(1);
        database.submit(on -> await(busy));
        for (String text : List.of("a", "b", "a", "c")) {
            database.submit(new Write() {
                @Override
                public void run(Statements on) throws SQLException {
                    on.execute("INSERT INTO thing (text) VALUES ('" + text + "')");
                }

                @Override
                public void done() {
                    ends.add(text + " done");
                }

                @Override
                public void failed(Exception why) {
                    ends.add(text + " failed");
                }
            });
        }
        busy.countDown();
        Answers.of(database.flush());

        assertThat(things()).containsExactly("a", "b", "c");
        assertThat(ends).containsExactly("a done", "b done", "a failed", "c done");
        assertThat(database.health().lost()).isEqualTo(1);
        assertThat(database.storeUp()).isTrue();
    }

    @Test
    void while_another_program_holds_the_file_writes_wait_and_the_store_is_down() throws Exception {
        SqliteFile file = new SqliteFile(
                folder.resolve("tierway.db"), Duration.ofMillis(50), getClass().getClassLoader());
        try (Statements other = new Statements(file.writer())) {
            other.execute("BEGIN IMMEDIATE");
            CompletionStage<Void> written = write("INSERT INTO thing (text) VALUES ('late')");
            awaitDown();
            assertThat(database.health().problem()).isEqualTo("another process holds the file");
            assertThat(things()).isEmpty();

            other.execute("COMMIT");
            Answers.of(written);
        }
        assertThat(database.storeUp()).isTrue();
        assertThat(things()).containsExactly("late");
    }

    @Test
    void when_the_disk_is_full_writes_wait_until_there_is_room() {
        CompletableFuture<Void> room = new CompletableFuture<>();
        Answers.of(run(on -> on.execute("PRAGMA max_page_count = 1")));
        CompletionStage<Void> written = run(on -> {
            if (room.isDone()) {
                on.execute("PRAGMA max_page_count = 1000000");
            }
            on.execute("INSERT INTO thing (text) VALUES ('" + "long".repeat(100_000) + "')");
        });
        awaitDown();
        assertThat(database.health().problem()).isEqualTo("the disk is full");

        room.complete(null);
        Answers.of(written);
        assertThat(database.storeUp()).isTrue();
        assertThat(things()).hasSize(1);
        assertThat(database.health().lost()).isZero();
    }

    @Test
    void closing_gives_up_what_cannot_be_written_in_time_and_counts_it() throws Exception {
        SqliteFile file = new SqliteFile(
                folder.resolve("tierway.db"), Duration.ofMillis(50), getClass().getClassLoader());
        try (Statements other = new Statements(file.writer())) {
            other.execute("BEGIN IMMEDIATE");
            CompletionStage<Void> written = write("INSERT INTO thing (text) VALUES ('never')");
            database.close();

            assertThat(Answers.failure(written)).isInstanceOf(SQLException.class);
            assertThat(database.health().lost()).isEqualTo(1);
        }
    }

    @Test
    void closing_writes_what_waits() {
        for (int n = 0; n < 900; n++) {
            submit("INSERT INTO thing (text) VALUES ('" + n + "')");
        }
        database.close();
        database = open(1000);

        assertThat(things()).hasSize(900);
    }

    @Test
    void after_closing_nothing_is_taken_and_that_is_counted() {
        database.close();

        assertThat(database.submit(on -> {})).isFalse();
        assertThat(database.health().lost()).isEqualTo(1);
        assertThat(Answers.failure(database.flush()))
                .isInstanceOf(StoreException.class)
                .hasMessageEndingWith("is closed");
        assertThat(Answers.failure(database.read(from -> 1))).hasMessageEndingWith("is closed");
    }

    @Test
    void lookups_and_writes_run_on_platform_threads_of_the_store() {
        CompletableFuture<Thread> writer = new CompletableFuture<>();
        Answers.of(run(on -> writer.complete(Thread.currentThread())));
        Thread reader = Answers.of(database.read(from -> Thread.currentThread()));

        assertThat(writer.join().isVirtual()).isFalse();
        assertThat(writer.join().getName()).isEqualTo("tierway-sqlite-writer");
        assertThat(reader.isVirtual()).isFalse();
        assertThat(reader.getName()).startsWith("tierway-sqlite-reader-");
    }

    @Test
    void lookups_cannot_write() {
        assertThat(Answers.failure(database.read(from -> {
                    from.connection().execute("INSERT INTO thing (text) VALUES ('no')");
                    return null;
                })))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("can't read");
    }

    @Test
    void the_schema_is_brought_up_to_date_once() {
        database.close();
        database = open(1000);

        assertThat(column("SELECT version FROM schema_version ORDER BY version"))
                .isEqualTo(Migration.ALL.stream()
                        .map(m -> Integer.toString(m.version()))
                        .toList());
    }

    @Test
    void a_file_of_a_newer_version_is_refused_with_words() {
        Answers.of(write("INSERT INTO schema_version (version, what, at) VALUES (999, 'the future', 'tomorrow')"));
        database.close();

        assertThatThrownBy(() -> open(1000))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("was written by a newer Tierway (schema 999");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The writer's state changes on its own thread; it is asked until it does. */
    private void awaitDown() {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (database.storeUp()) {
            assertThat(System.nanoTime()).as("the store should be down by now").isLessThan(giveUp);
            Thread.onSpinWait();
        }
    }

    private void submit(String sql) {
        database.submit(on -> on.execute(sql));
    }

    private CompletionStage<Void> write(String sql) {
        return run(on -> on.execute(sql));
    }

    private CompletionStage<Void> run(Write write) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        database.submit(new Write() {
            @Override
            public void run(Statements on) throws SQLException {
                write.run(on);
            }

            @Override
            public void done() {
                end.complete(null);
            }

            @Override
            public void failed(Exception why) {
                end.completeExceptionally(why);
            }
        });
        return end;
    }

    private List<String> things() {
        return column("SELECT text FROM thing ORDER BY id");
    }

    private List<String> column(String sql) {
        return Answers.of(database.read(from -> {
            List<String> values = new ArrayList<>();
            try (ResultSet rows = from.connection().prepare(sql).executeQuery()) {
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
            }
            return values;
        }));
    }
}
