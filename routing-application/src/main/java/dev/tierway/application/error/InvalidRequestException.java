package dev.tierway.application.error;

/** The request itself is wrong: malformed, an unknown option, a parameter nobody can express. */
public final class InvalidRequestException extends TierwayException {
    private static final long serialVersionUID = 1;

    public InvalidRequestException(Details details) {
        super(details);
    }
}
