package dev.tierway.adapter.persistence.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.adapter.persistence.AuditLogContract;
import dev.tierway.adapter.persistence.ManualClock;
import dev.tierway.adapter.persistence.OperatorStateContract;
import dev.tierway.adapter.persistence.Retention;
import dev.tierway.application.port.out.AuditLog;
import dev.tierway.application.port.out.NumberedOrder;
import dev.tierway.application.port.out.OperatorState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Operators' orders and the audit trail, shared by gateways. */
class PostgresOperatorStateIT implements OperatorStateContract, AuditLogContract {
    private final String name = PostgresServer.database();
    private final ManualClock clock = new ManualClock();
    private PostgresDatabase database;
    private PostgresWriter writer;
    private PostgresOperatorState state;
    private PostgresAuditLog audit;

    @BeforeEach
    void open() {
        database = PostgresServer.open(name);
        writer = new PostgresWriter(database);
        state = new PostgresOperatorState(database);
        audit = new PostgresAuditLog(database, writer, new Retention(1000, Duration.ofDays(36_500)), clock);
    }

    @AfterEach
    void close() {
        writer.close();
        database.close();
    }

    @Override
    public OperatorState state() {
        return state;
    }

    @Override
    public AuditLog audit() {
        return audit;
    }

    @Test
    void orders_and_entries_outlive_the_process_and_numbers_go_on() {
        long before = Answers.of(state.put(OperatorStateContract.drain("a")));
        Answers.of(audit.append(AuditLogContract.entry(1)));
        close();
        open();

        assertThat(Answers.of(state.after(0)))
                .containsExactly(new NumberedOrder(before, OperatorStateContract.drain("a")));
        assertThat(Answers.of(audit.latest(10))).containsExactly(AuditLogContract.entry(1));
        assertThat(Answers.of(state.put(OperatorStateContract.drain("a")))).isGreaterThan(before);
    }

    @Test
    void a_reader_that_polls_misses_no_order_of_writers_on_two_gateways() {
        try (PostgresDatabase there = PostgresServer.open(name)) {
            PostgresOperatorState other = new PostgresOperatorState(there);
            List<CompletableFuture<Long>> puts = new ArrayList<>();
            for (int n = 0; n < 200; n++) {
                puts.add((n % 2 == 0 ? state : other)
                        .put(OperatorStateContract.drain("p" + n))
                        .toCompletableFuture());
            }
            CompletableFuture<Void> all = CompletableFuture.allOf(puts.toArray(CompletableFuture[]::new));
            List<Long> seen = new ArrayList<>();
            long last = 0;
            boolean over;
            do {
                over = all.isDone();
                for (NumberedOrder order : Answers.of(other.after(last))) {
                    seen.add(order.number());
                    last = order.number();
                }
            } while (!over);

            assertThat(seen)
                    .containsExactlyElementsOf(
                            puts.stream().map(Answers::of).sorted().toList());
        }
    }

    @Test
    void old_entries_are_dropped() {
        PostgresAuditLog shortLived =
                new PostgresAuditLog(database, writer, new Retention(1000, Duration.ofDays(1)), clock);
        Answers.of(shortLived.append(AuditLogContract.entry(1)));
        assertThat(Answers.of(shortLived.latest(10))).hasSize(1);

        writer.keepHouse();

        assertThat(Answers.of(shortLived.latest(10))).isEmpty();
    }
}
