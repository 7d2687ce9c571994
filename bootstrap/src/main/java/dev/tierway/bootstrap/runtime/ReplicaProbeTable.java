package dev.tierway.bootstrap.runtime;

import dev.tierway.application.port.out.ProbePlan;
import dev.tierway.application.port.out.ReplicaProbes;
import dev.tierway.domain.catalogue.ProviderId;
import java.util.Map;
import java.util.Optional;

/** How the providers of the configuration in force are looked at; those that aren't are not in it. */
public final class ReplicaProbeTable implements ReplicaProbes, AutoCloseable {
    private final PlanTable<ProbePlan> plans;

    public ReplicaProbeTable(Map<ProviderId, Recipe<Optional<ProbePlan>>> recipes) {
        plans = new PlanTable<>(recipes, plan -> plan.probe().close());
    }

    @Override
    public Optional<ProbePlan> of(ProviderId provider) {
        return plans.of(provider);
    }

    /** What another configuration needs, made and not in force. */
    public final class Prepared {
        private final PlanTable<ProbePlan>.Prepared next;

        private Prepared(PlanTable<ProbePlan>.Prepared next) {
            this.next = next;
        }

        public void commit() {
            next.commit();
        }

        public void discard() {
            next.discard();
        }
    }

    /** @throws IllegalArgumentException if one can't be made */
    public Prepared prepare(Map<ProviderId, Recipe<Optional<ProbePlan>>> recipes) {
        return new Prepared(plans.prepare(recipes));
    }

    /** Frees those that are out of force by now: for later, when what they had begun has ended. */
    public Runnable endOfUnused() {
        return plans.endOfUnused();
    }

    @Override
    public void close() {
        plans.close();
    }
}
