package dev.tierway.application.error;

/** The call's time is over. */
public final class DeadlineExceededException extends TierwayException {
    private static final long serialVersionUID = 1;

    public DeadlineExceededException(Details details) {
        super(details);
    }
}
