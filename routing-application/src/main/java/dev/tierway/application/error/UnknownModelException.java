package dev.tierway.application.error;

/** No route, tier, model or replica has that name. */
public final class UnknownModelException extends TierwayException {
    private static final long serialVersionUID = 1;

    public UnknownModelException(String message) {
        super(Details.of(404, "model_not_found", message));
    }
}
