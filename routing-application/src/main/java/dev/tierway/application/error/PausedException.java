package dev.tierway.application.error;

/** An operator holds the agent, the workflow or everything: calls are refused until that is taken back. */
public final class PausedException extends TierwayException {
    private static final long serialVersionUID = 1;

    public PausedException(Details details) {
        super(details);
    }
}
