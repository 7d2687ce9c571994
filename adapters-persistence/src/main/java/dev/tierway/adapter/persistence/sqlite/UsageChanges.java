package dev.tierway.adapter.persistence.sqlite;

import dev.tierway.adapter.persistence.memory.UsageKey;
import dev.tierway.application.port.out.Reservation;
import dev.tierway.domain.call.AttemptId;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Changes that are written together: of a limit only its last usage, of an attempt only whether it is still open. Gathered by
 * {@link SqliteUsageJournal}, under its lock, until the writer takes them.
 */
final class UsageChanges {
    private final Map<UsageKey, UsageRow> usages = new LinkedHashMap<>();
    private final Map<AttemptId, Optional<Reservation>> attempts = new LinkedHashMap<>();

    void taken(Reservation asked, List<UsageRow> rows) {
        attempts.put(asked.attempt(), Optional.of(asked));
        used(rows);
    }

    void over(AttemptId attempt) {
        attempts.put(attempt, Optional.empty());
    }

    void used(List<UsageRow> rows) {
        for (UsageRow row : rows) {
            usages.put(row.key(), row);
        }
    }

    /** How many rows that took. */
    int write(Statements on) throws SQLException {
        for (Map.Entry<AttemptId, Optional<Reservation>> attempt : attempts.entrySet()) {
            if (attempt.getValue().isPresent()) {
                OpenReservations.put(attempt.getValue().get(), on);
            } else {
                OpenReservations.remove(attempt.getKey(), on);
            }
        }
        for (UsageRow row : usages.values()) {
            QuotaSql.put(row, on);
        }
        return attempts.size() + usages.size();
    }
}
