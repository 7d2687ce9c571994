package dev.tierway.application.port.out;

import dev.tierway.domain.call.CallIdentity;
import dev.tierway.domain.call.Selection;

/** Hears of calls. Called on the call's executor: must not block. */
public interface RoutingListener {
    default void started(CallIdentity call) {}

    default void attemptEnded(LedgerRow row) {}

    default void finished(Selection selection) {}

    /** Something of ours threw; the call was ended as an internal error. */
    default void internalError(String callId, Throwable error) {}
}
