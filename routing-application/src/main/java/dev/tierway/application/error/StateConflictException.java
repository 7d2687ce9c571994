package dev.tierway.application.error;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Somebody else has changed a workflow's state since the caller read it. Nothing was written, and nothing was called. */
public final class StateConflictException extends TierwayException {
    private static final long serialVersionUID = 1;

    private final @Nullable Long seen;
    private final long found;

    /**
     * @param seen the version the caller has read; null: it didn't say
     * @param found the version that is there
     * @param by who wrote that
     */
    public StateConflictException(String workflow, @Nullable Long seen, long found, String by) {
        super(new Details(
                "the state of workflow '" + workflow + "' is at version " + found + ", written by " + by
                        + "; you "
                        + (seen == null ? "didn't say which version you have read" : "have read version " + seen)
                        + ". Read it again, and write over version " + found,
                409,
                "state_conflict",
                true,
                null,
                null));
        this.seen = seen;
        this.found = found;
    }

    /** The version the caller has read; empty if it didn't say. */
    public Optional<Long> seen() {
        return Optional.ofNullable(seen);
    }

    /** The version that is there. */
    public long found() {
        return found;
    }
}
