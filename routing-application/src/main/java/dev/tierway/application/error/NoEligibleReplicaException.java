package dev.tierway.application.error;

/** Nobody may or can serve the call; nothing was sent. */
public final class NoEligibleReplicaException extends TierwayException {
    private static final long serialVersionUID = 1;

    public NoEligibleReplicaException(Details details) {
        super(details);
    }
}
