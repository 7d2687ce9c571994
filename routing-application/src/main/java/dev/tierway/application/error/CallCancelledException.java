package dev.tierway.application.error;

/** The caller left, or somebody stopped the call. */
public final class CallCancelledException extends TierwayException {
    private static final long serialVersionUID = 1;

    public CallCancelledException(Details details) {
        super(details);
    }
}
