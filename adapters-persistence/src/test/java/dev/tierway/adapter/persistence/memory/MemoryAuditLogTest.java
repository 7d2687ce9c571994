package dev.tierway.adapter.persistence.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.adapter.persistence.AuditLogContract;
import dev.tierway.application.port.out.AuditLog;
import org.junit.jupiter.api.Test;

class MemoryAuditLogTest implements AuditLogContract {
    private final MemoryAuditLog audit = new MemoryAuditLog(100);

    @Override
    public AuditLog audit() {
        return audit;
    }

    @Test
    void only_the_newest_entries_are_kept() {
        MemoryAuditLog small = new MemoryAuditLog(2);
        for (int n = 0; n < 5; n++) {
            Answers.of(small.append(AuditLogContract.entry(n)));
        }
        assertThat(Answers.of(small.latest(10))).containsExactly(AuditLogContract.entry(4), AuditLogContract.entry(3));
    }

    @Test
    void a_trail_without_room_is_a_mistake() {
        assertThatThrownBy(() -> new MemoryAuditLog(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
