package dev.tierway.application.error;

/** No replica has that id. */
public final class UnknownReplicaException extends TierwayException {
    private static final long serialVersionUID = 1;

    public UnknownReplicaException(String message) {
        super(Details.of(404, "model_not_found", message));
    }
}
