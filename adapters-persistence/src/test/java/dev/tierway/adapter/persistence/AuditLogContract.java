package dev.tierway.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.port.out.AuditEntry;
import dev.tierway.application.port.out.AuditLog;
import org.junit.jupiter.api.Test;

/** What every audit trail promises. */
public interface AuditLogContract {
    AuditLog audit();

    static AuditEntry entry(int n) {
        boolean bare = n % 2 == 0;
        return new AuditEntry(
                1000 + n,
                "gw-1",
                "ann",
                "phase",
                "draining",
                "provider",
                "p" + n,
                bare ? null : "why " + n,
                bare ? null : 9000L + n);
    }

    @Test
    default void entries_come_back_as_they_were_newest_first() {
        for (int n = 0; n < 3; n++) {
            Answers.of(audit().append(entry(n)));
        }

        assertThat(Answers.of(audit().latest(10))).containsExactly(entry(2), entry(1), entry(0));
        assertThat(Answers.of(audit().latest(1))).containsExactly(entry(2));
    }

    @Test
    default void the_same_done_twice_is_there_twice() {
        Answers.of(audit().append(entry(1)));
        Answers.of(audit().append(entry(1)));

        assertThat(Answers.of(audit().latest(10))).hasSize(2);
    }

    @Test
    default void a_list_of_nothing_is_a_mistake() {
        assertThat(Answers.failure(audit().latest(0))).isInstanceOf(IllegalArgumentException.class);
    }
}
