package dev.tierway.application.error;

/** The caller's key isn't for that. */
public final class ForbiddenException extends TierwayException {
    private static final long serialVersionUID = 1;

    public ForbiddenException(Details details) {
        super(details);
    }

    /** @param message what it isn't for, and what to do */
    public ForbiddenException(String message) {
        this(Details.of(403, "not_allowed", message));
    }
}
