package dev.tierway.application.port.out;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What rows of the ledger are looked up by. */
public enum LedgerField {
    CALL,
    REQUEST_ID,
    REPLICA,
    PROVIDER,
    MODEL,
    KEY,
    AGENT,
    WORKFLOW,
    USER,
    SESSION;

    private final String id = name().toLowerCase(Locale.ROOT);

    /** The name in queries. */
    public String id() {
        return id;
    }

    /** Null if the row has none. */
    public @Nullable String of(LedgerRow row) {
        return switch (this) {
            case CALL -> row.attempt().callId();
            case REQUEST_ID -> row.origin().requestId();
            case REPLICA -> row.replica().value();
            case PROVIDER -> row.provider().value();
            case MODEL -> row.model().value();
            case KEY -> row.origin().key();
            case AGENT -> row.origin().agent();
            case WORKFLOW -> row.origin().workflow();
            case USER -> row.origin().user();
            case SESSION -> row.origin().session();
        };
    }
}
