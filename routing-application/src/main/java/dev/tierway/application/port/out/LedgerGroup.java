package dev.tierway.application.port.out;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What totals are told apart by. */
public enum LedgerGroup {
    MODEL(LedgerField.MODEL),
    REPLICA(LedgerField.REPLICA),
    PROVIDER(LedgerField.PROVIDER),
    KEY(LedgerField.KEY),
    AGENT(LedgerField.AGENT),
    WORKFLOW(LedgerField.WORKFLOW),
    USER(LedgerField.USER),
    /** The day of the attempt's end, in UTC. */
    DAY(null);

    private final String id = name().toLowerCase(Locale.ROOT);
    private final @Nullable LedgerField field;

    LedgerGroup(@Nullable LedgerField field) {
        this.field = field;
    }

    /** The name in queries. */
    public String id() {
        return id;
    }

    /** Null for {@link #DAY}, which is none of the row's own. */
    public @Nullable LedgerField field() {
        return field;
    }
}
