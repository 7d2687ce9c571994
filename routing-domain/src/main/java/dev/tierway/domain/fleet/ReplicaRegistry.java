package dev.tierway.domain.fleet;

import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.catalogue.QuotaDomainId;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.ReplicaId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything known of the running fleet: the domain's one shared mutable object. Lock-free; every entry is an immutable
 * value replaced atomically, every snapshot is consistent per entry and of one generation.
 */
public final class ReplicaRegistry {
    private final Cell<Generation> generation;
    private final Cell<RetryBudget> gatewayRetries = new Cell<>(RetryBudget.EMPTY);
    private final Admission admission = new Admission(gatewayRetries);

    public ReplicaRegistry(Catalogue catalogue) {
        generation = new Cell<>(new Generation(1, catalogue, null));
    }

    /** Takes another configuration; entries that didn't change keep what is known of them. Returns its number. */
    public long swap(Catalogue catalogue) {
        return generation.update(old -> new Generation(old.number + 1, catalogue, old)).number;
    }

    public Catalogue catalogue() {
        return generation.get().catalogue;
    }

    public long generation() {
        return generation.get().number;
    }

    /** What one decision about these candidates may look at. Candidates that are no longer configured are left out. */
    public FleetSnapshot snapshot(List<Replica> candidates, List<Replica> escalation, long nowNanos) {
        Generation now = generation.get();
        return new FleetSnapshot(
                now.number, views(now, candidates, nowNanos), views(now, escalation, nowNanos), gatewayRetries.get());
    }

    private static List<ReplicaView> views(Generation now, List<Replica> replicas, long nowNanos) {
        List<ReplicaView> views = new ArrayList<>(replicas.size());
        for (Replica replica : replicas) {
            if (now.knows(replica)) {
                views.add(view(now, replica, nowNanos));
            }
        }
        return views;
    }

    private static ReplicaView view(Generation now, Replica replica, long nowNanos) {
        Double headroom = null;
        for (QuotaDomainId domain : replica.quotaDomains()) {
            Double seen = now.headroom(domain).at(nowNanos);
            if (seen != null && (headroom == null || seen < headroom)) {
                headroom = seen;
            }
        }
        return new ReplicaView(
                replica,
                now.catalogue.providerOf(replica).kind(),
                now.catalogue.modelOf(replica),
                now.replica(replica.id()).get(),
                now.model(replica.model()).get(),
                now.provider(replica.provider()).get(),
                headroom);
    }

    /** Lets an attempt in, if the fleet still allows what its snapshot did. */
    public PermitResult acquire(PermitRequest request, long nowNanos) {
        Generation now = generation.get();
        Replica replica = request.replica();
        return now.knows(replica)
                ? admission.acquire(request, now.cellsOf(replica), nowNanos)
                : new PermitResult.Refused();
    }

    /** The attempt has been sent. */
    public void sent(Permit permit, long nowNanos) {
        admission.sent(permit, nowNanos);
    }

    /** The attempt's answer has begun: a probe closes its circuit. */
    public void committed(Permit permit, long nowNanos) {
        admission.committed(permit, nowNanos);
    }

    /**
     * The attempt has ended.
     *
     * @throws IllegalStateException if the permit has ended before
     */
    public void release(Permit permit, PermitOutcome outcome, long nowNanos) {
        admission.release(permit, outcome, nowNanos);
    }

    /** What was last seen of a quota domain's remaining share. */
    public void observeHeadroom(QuotaDomainId domain, double share, long untilNanos) {
        generation.get().observe(domain, new Headroom(Math.clamp(share, 0, 1), untilNanos));
    }

    /** An operator's word on a replica; null takes it back. */
    public void operate(ReplicaId replica, @Nullable Phase phase, @Nullable String markedUnhealthyBy) {
        generation.get().replica(replica).update(state -> state.operated(phase, markedUnhealthyBy));
    }
}
