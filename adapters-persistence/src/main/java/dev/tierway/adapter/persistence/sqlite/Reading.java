package dev.tierway.adapter.persistence.sqlite;

import java.sql.SQLException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one lookup works with: a connection, taken when first needed. */
final class Reading implements AutoCloseable {
    /** Where connections come from. */
    interface Source {
        Statements get() throws SQLException;
    }

    private final Source source;
    private @Nullable Statements taken;

    Reading(Source source) {
        this.source = source;
    }

    Statements connection() throws SQLException {
        Statements on = taken;
        if (on == null) {
            on = source.get();
            taken = on;
        }
        return on;
    }

    /** The connection worked: it goes back for the next lookup instead of being closed. */
    void sound(Consumer<Statements> back) {
        Statements on = taken;
        taken = null;
        if (on != null) {
            back.accept(on);
        }
    }

    @Override
    public void close() throws SQLException {
        Statements on = taken;
        if (on != null) {
            on.close();
        }
    }
}
