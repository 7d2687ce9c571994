package dev.tierway.application.port.in;

/** Tierway picks the model and the replica. */
public interface CallByTier {
    /**
     * @param command addressed to a tier
     * @throws dev.tierway.application.error.UnknownModelException if no model of the tier is configured
     */
    CallHandle callByTier(CallCommand command, ReplySink sink);
}
