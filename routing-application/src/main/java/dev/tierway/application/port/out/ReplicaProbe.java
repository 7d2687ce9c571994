package dev.tierway.application.port.out;

import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.fleet.ProbeResult;
import java.util.concurrent.CompletionStage;

/** Looks whether a replica's server works, without calling its model: no token is made, nothing is billed. */
public interface ReplicaProbe extends AutoCloseable {
    /**
     * Looks once. Never throws and never blocks; completes within the {@link ProbePlan#timeout}, on any thread. What
     * goes wrong is a result; completing exceptionally is an error of the probe's own.
     */
    CompletionStage<ProbeResult> probe(Replica replica);

    /** Frees connections; probes under way end as {@link ProbeResult#INCONCLUSIVE}. */
    @Override
    void close();
}
