package dev.tierway.application.error;

/** Tierway itself can't take the call: overload, shutdown, or a store it may not do without. */
public final class OverloadedException extends TierwayException {
    private static final long serialVersionUID = 1;

    public OverloadedException(Details details) {
        super(details);
    }
}
