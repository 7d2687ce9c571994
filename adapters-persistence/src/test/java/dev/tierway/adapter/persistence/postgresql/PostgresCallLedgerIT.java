package dev.tierway.adapter.persistence.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.adapter.persistence.CallLedgerContract;
import dev.tierway.adapter.persistence.LedgerRows;
import dev.tierway.adapter.persistence.ManualClock;
import dev.tierway.adapter.persistence.Retention;
import dev.tierway.application.port.out.CallLedger;
import dev.tierway.application.port.out.LedgerCursor;
import dev.tierway.application.port.out.LedgerQuery;
import dev.tierway.application.port.out.LedgerRow;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresCallLedgerIT implements CallLedgerContract {
    private final String name = PostgresServer.database();
    private final ManualClock clock = new ManualClock();
    private PostgresDatabase database;
    private PostgresWriter writer;
    private PostgresCallLedger ledger;

    @BeforeEach
    void open() {
        database = PostgresServer.open(name);
        writer = new PostgresWriter(database);
        ledger = ledger(new Retention(1_000_000, Duration.ofDays(36_500)));
    }

    private PostgresCallLedger ledger(Retention retention) {
        return new PostgresCallLedger(database, writer, retention, clock);
    }

    @AfterEach
    void close() {
        writer.close();
        database.close();
    }

    @Override
    public CallLedger ledger() {
        return ledger;
    }

    private List<LedgerRow> rows() {
        return Answers.of(ledger.query(LedgerQuery.ALL, 10_000, LedgerCursor.NEWEST))
                .rows();
    }

    @Test
    void rows_outlive_the_process_and_are_seen_by_other_gateways() {
        ledger.append(LedgerRows.full(1));
        ledger.close();
        close();
        open();
        ledger(new Retention(10, Duration.ofDays(36_500))).append(LedgerRows.full(2));

        assertThat(rows()).containsExactlyInAnyOrder(LedgerRows.full(1), LedgerRows.full(2));
    }

    @Test
    void rows_beyond_the_retention_are_dropped_the_oldest_first() {
        PostgresCallLedger small = ledger(new Retention(10, Duration.ofDays(36_500)));
        for (int n = 0; n < 25; n++) {
            small.append(LedgerRows.full(n));
        }
        small.close();
        PostgresServer.execute(name, "ANALYZE tierway.ledger");
        writer.keepHouse();

        assertThat(rows()).hasSize(10).first().isEqualTo(LedgerRows.full(24));
    }
}
