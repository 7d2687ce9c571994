package dev.tierway.application.error;

/** Every attempt failed; the last one's class decides status and code. */
public final class AllReplicasExhaustedException extends TierwayException {
    private static final long serialVersionUID = 1;

    public AllReplicasExhaustedException(Details details) {
        super(details);
    }
}
