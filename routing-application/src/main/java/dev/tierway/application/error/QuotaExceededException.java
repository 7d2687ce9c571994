package dev.tierway.application.error;

/** A rate limit of the caller's own. */
public final class QuotaExceededException extends TierwayException {
    private static final long serialVersionUID = 1;

    public QuotaExceededException(Details details) {
        super(details);
    }
}
