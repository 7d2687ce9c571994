package dev.tierway.application.port.out;

/**
 * A limit that must not be exceeded can't be checked while its store is known not to answer. The store has told the operator
 * already; the message is for the caller, says which limit it is, and what to do.
 */
public final class LimitUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public LimitUnavailableException(String message) {
        super(message, null, false, false);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
