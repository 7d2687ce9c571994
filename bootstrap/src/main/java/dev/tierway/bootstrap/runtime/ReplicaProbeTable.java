package dev.tierway.bootstrap.runtime;

import dev.tierway.application.port.out.ProbePlan;
import dev.tierway.application.port.out.ReplicaProbes;
import dev.tierway.domain.catalogue.ProviderId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How the providers of one configuration are looked at; those that aren't are not in it. */
public final class ReplicaProbeTable implements ReplicaProbes, AutoCloseable {
    private final Map<ProviderId, ProbePlan> plans;

    public ReplicaProbeTable(Map<ProviderId, ProbePlan> plans) {
        this.plans = new LinkedHashMap<>(plans);
    }

    @Override
    public Optional<ProbePlan> of(ProviderId provider) {
        return Optional.ofNullable(plans.get(provider));
    }

    @Override
    public void close() {
        plans.values().forEach(plan -> plan.probe().close());
    }
}
