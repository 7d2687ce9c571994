package dev.tierway.application.error;

/** A plugin or a hook won't have the call; the message has its reason. */
public final class CallDeniedException extends TierwayException {
    private static final long serialVersionUID = 1;

    public CallDeniedException(Details details) {
        super(details);
    }
}
