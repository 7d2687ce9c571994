package dev.tierway.application.port.in;

/** The caller picks the replica: one attempt, no spillover, no hedge. */
public interface CallReplica {
    /**
     * @param command addressed to a replica
     * @throws dev.tierway.application.error.UnknownReplicaException if there is no such replica
     */
    CallHandle callReplica(CallCommand command, ReplySink sink);
}
