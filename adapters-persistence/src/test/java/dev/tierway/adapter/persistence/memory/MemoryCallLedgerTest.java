package dev.tierway.adapter.persistence.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.adapter.persistence.CallLedgerContract;
import dev.tierway.adapter.persistence.LedgerRows;
import dev.tierway.application.port.out.CallLedger;
import org.junit.jupiter.api.Test;

class MemoryCallLedgerTest implements CallLedgerContract {
    private final MemoryCallLedger ledger = new MemoryCallLedger(1000);

    @Override
    public CallLedger ledger() {
        return ledger;
    }

    @Test
    void only_the_newest_rows_are_kept() {
        MemoryCallLedger small = new MemoryCallLedger(2);
        for (int n = 0; n < 5; n++) {
            small.append(LedgerRows.bare(n));
        }
        assertThat(Answers.of(small.latest(10))).containsExactly(LedgerRows.bare(4), LedgerRows.bare(3));
    }

    @Test
    void a_ledger_without_room_is_a_mistake() {
        assertThatThrownBy(() -> new MemoryCallLedger(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
