package dev.tierway.application.port.in;

/** Calls whatever an address names: a route, a tier, a model or a replica. */
public interface CallAddress {
    /**
     * @throws dev.tierway.application.error.UnknownModelException if nothing has that name
     * @throws dev.tierway.application.error.OverloadedException while shutting down
     */
    CallHandle call(CallCommand command, ReplySink sink);
}
