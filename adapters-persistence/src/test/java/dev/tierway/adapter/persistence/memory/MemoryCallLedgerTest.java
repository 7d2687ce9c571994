package dev.tierway.adapter.persistence.memory;

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
import org.junit.jupiter.api.Test;

class MemoryCallLedgerTest implements CallLedgerContract {
    private final ManualClock clock = new ManualClock();
    private final MemoryCallLedger ledger = new MemoryCallLedger(new Retention(5000, Duration.ofDays(36_500)), clock);

    @Override
    public CallLedger ledger() {
        return ledger;
    }

    private static List<LedgerRow> all(CallLedger ledger) {
        return Answers.of(ledger.query(LedgerQuery.ALL, 100, LedgerCursor.NEWEST))
                .rows();
    }

    @Test
    void only_the_newest_rows_are_kept() {
        MemoryCallLedger small = new MemoryCallLedger(new Retention(2, Duration.ofDays(36_500)), clock);
        for (int n = 0; n < 5; n++) {
            small.append(LedgerRows.bare(n));
        }
        assertThat(all(small)).containsExactly(LedgerRows.bare(4), LedgerRows.bare(3));
    }

    @Test
    void rows_are_dropped_when_they_are_too_old_also_if_none_come() {
        MemoryCallLedger brief = new MemoryCallLedger(new Retention(100, Duration.ofDays(1)), clock);
        LedgerRow now = LedgerRows.endedAt(LedgerRows.bare(1), clock.epochMillis());
        brief.append(LedgerRows.bare(0));
        brief.append(now);
        assertThat(all(brief)).containsExactly(now);

        clock.advance(Duration.ofDays(2));
        assertThat(all(brief)).isEmpty();
    }
}
