package dev.tierway.application.error;

import dev.tierway.domain.call.Selection;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call that didn't deliver. Carries the status and code HTTP shows, and the decision as far as it got.
 */
public abstract class TierwayException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int httpStatus;
    private final String code;
    private final transient @Nullable Selection selection;
    private final @Nullable Duration retryAfter;
    private final boolean retryable;

    TierwayException(Details details) {
        super(details.message());
        this.httpStatus = details.httpStatus();
        this.code = details.code();
        this.selection = details.selection();
        this.retryAfter = details.retryAfter();
        this.retryable = details.retryable();
    }

    public int httpStatus() {
        return httpStatus;
    }

    public String code() {
        return code;
    }

    /** The decision so far; empty if the call failed before anything was decided. */
    public Optional<Selection> selection() {
        return Optional.ofNullable(selection);
    }

    /** Whether the same call may work later. */
    public boolean retryable() {
        return retryable;
    }

    /** When it may work; empty if unknown. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** The facts every kind of exception carries. */
    public record Details(
            String message,
            int httpStatus,
            String code,
            boolean retryable,
            @Nullable Duration retryAfter,
            @Nullable Selection selection) {
        public static Details of(int httpStatus, String code, String message) {
            return new Details(message, httpStatus, code, false, null, null);
        }
    }
}
