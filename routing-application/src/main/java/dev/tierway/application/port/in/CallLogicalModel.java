package dev.tierway.application.port.in;

/** The caller picks the model, Tierway the replica. */
public interface CallLogicalModel {
    /**
     * @param command addressed to a model
     * @throws dev.tierway.application.error.UnknownModelException if there is no such model
     */
    CallHandle callLogicalModel(CallCommand command, ReplySink sink);
}
