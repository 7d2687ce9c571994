package dev.tierway.domain.fleet;

import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.Dialect;
import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.operator.OperatorOverlay;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Left;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Side;
import dev.tierway.domain.quota.VendorLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything known of the running fleet: the domain's one shared mutable object. Lock-free; every entry is an immutable
 * value replaced atomically, every snapshot is consistent per entry and of one generation.
 */
public final class ReplicaRegistry {
    private final Cell<Generation> generation;
    private final Cell<RetryBudget> gatewayRetries;
    private final Cell<HedgeCredit> hedges;
    private final Admission admission;
    /** Null: whatever is in force. */
    private final @Nullable Generation pin;

    public ReplicaRegistry(Catalogue catalogue) {
        this(catalogue, 1);
    }

    /** @param number of this configuration; later ones have higher numbers */
    public ReplicaRegistry(Catalogue catalogue, long number) {
        generation = new Cell<>(new Generation(number, catalogue, null));
        gatewayRetries = new Cell<>(RetryBudget.EMPTY);
        hedges = new Cell<>(HedgeCredit.NONE);
        admission = new Admission(gatewayRetries);
        pin = null;
    }

    private ReplicaRegistry(ReplicaRegistry fleet, Generation pin) {
        generation = fleet.generation;
        gatewayRetries = fleet.gatewayRetries;
        hedges = fleet.hedges;
        admission = fleet.admission;
        this.pin = pin;
    }

    /**
     * The same fleet under the configuration that is in force now, whatever comes: what a call holds on to until it ends. What
     * operators order and what is learned about it is still the latest.
     */
    public ReplicaRegistry pinned() {
        return new ReplicaRegistry(this, now());
    }

    private Generation now() {
        Generation current = generation.get();
        return pin == null || pin.number == current.number ? current : pin.under(current.overlay);
    }

    /** Takes another configuration; entries that didn't change keep what is known of them. Returns its number. */
    public long swap(Catalogue catalogue) {
        return generation.update(old -> new Generation(old.number + 1, catalogue, old)).number;
    }

    /**
     * The same under a number that was given to it elsewhere.
     *
     * @throws IllegalArgumentException unless it is higher than the one in force
     */
    public void swap(Catalogue catalogue, long number) {
        generation.update(old -> {
            if (number <= old.number) {
                throw new IllegalArgumentException("generation " + number + " can't follow " + old.number);
            }
            return new Generation(number, catalogue, old);
        });
    }

    public Catalogue catalogue() {
        return now().catalogue;
    }

    public long generation() {
        return now().number;
    }

    /** What may be looked at without a request. */
    public FleetSnapshot snapshot(List<Replica> candidates, List<Replica> escalation, long nowNanos) {
        return snapshot(candidates, escalation, RequestShape.NONE, nowNanos);
    }

    /** What one decision about these candidates may look at. Candidates that are no longer configured are left out. */
    public FleetSnapshot snapshot(
            List<Replica> candidates, List<Replica> escalation, RequestShape request, long nowNanos) {
        Generation now = now();
        return new FleetSnapshot(
                now.number,
                views(now, candidates, request, nowNanos),
                views(now, escalation, request, nowNanos),
                gatewayRetries.get());
    }

    private static List<ReplicaView> views(
            Generation now, List<Replica> replicas, RequestShape request, long nowNanos) {
        if (replicas.isEmpty()) {
            return List.of();
        }
        List<ReplicaView> views = new ArrayList<>(replicas.size());
        for (Replica replica : replicas) {
            Slot slot = now.slotOf(replica);
            if (slot != null) {
                views.add(slot.view(request, nowNanos));
            }
        }
        return views;
    }

    /**
     * Input tokens that models which have learned from their vendors' counts take such a text for, in the order of the candidates.
     *
     * @param mediaTokens what comes on top of the text
     */
    public Map<ModelId, Long> learnedInput(Collection<Replica> candidates, long textBytes, long mediaTokens) {
        Generation now = now();
        Map<ModelId, Long> learned = new LinkedHashMap<>();
        ModelId last = null;
        for (Replica replica : candidates) {
            Slot slot = replica.model().equals(last) ? null : now.slotOf(replica);
            last = replica.model();
            if (slot != null) {
                TextDensity text = slot.cells().model().get().text();
                if (text.known()) {
                    learned.put(last, mediaTokens + text.tokensOf(textBytes));
                }
            }
        }
        return learned;
    }

    /** Lets an attempt in, if the fleet still allows what its snapshot did. */
    public PermitResult acquire(PermitRequest request, long nowNanos) {
        Slot slot = now().slotOf(request.replica());
        return slot == null ? new PermitResult.Refused() : admission.acquire(request, slot.cells(), nowNanos);
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

    /** Its provider has no endpoint for that wire format, as an answer showed: from now on what comes in it is translated. */
    public void endpointMissing(Replica replica, String format) {
        Slot slot = generation.get().slotOf(replica);
        if (slot != null) {
            slot.cells().provider().update(state -> state.lacking(format));
        }
    }

    /** Wire formats whose endpoints its provider has turned out not to have. */
    public List<String> missing(Replica replica) {
        Slot slot = generation.get().slotOf(replica);
        return slot == null ? List.of() : slot.cells().provider().get().missing();
    }

    /** How its provider is spoken to, as far as it has shown; null if it is configured away. */
    public @Nullable Dialect dialect(Replica replica) {
        Slot slot = generation.get().slotOf(replica);
        return slot == null ? null : slot.dialect().without(missing(replica));
    }

    /**
     * A health probe has looked at a replica. Moves nothing but the replica's {@link ProbeState}: neither its success
     * nor its latency, which only calls can tell. Without effect once the replica is configured away.
     *
     * @param validForNanos for how long it counts
     * @return what is known of it since
     */
    public ProbeState probed(Replica replica, ProbeResult result, long nowNanos, long validForNanos) {
        Slot slot = now().slotOf(replica);
        return slot == null
                ? ProbeState.UNPROBED
                : slot.cells().probe().update(state -> state.probed(result, nowNanos, validForNanos));
    }

    /**
     * Another instance has told what it found out. A circuit that opened there counts as two failures here, and opens none by
     * itself; a rest holds here too.
     *
     * @return false if nobody of this configuration is meant
     */
    public boolean hinted(FleetHint hint, long nowNanos) {
        return Hinting.use(hint, now(), nowNanos);
    }

    /**
     * A replica's answer holds embeddings of that many numbers. Gives how many its model's have: those configured, else
     * those of the first answer.
     */
    public int embeddingSize(Replica replica, int seen) {
        Cell<EmbeddingSize> cell = now().sizeOf(replica.model());
        return cell == null ? seen : cell.update(size -> size.seen(seen)).agreed(seen);
    }

    /** Our quota store has said what is left of a limit. Without effect unless replicas share it. */
    public void left(Left left, long nowNanos) {
        if (left.descriptor().side() == Side.CALLER) {
            return;
        }
        Cell<Headroom> cell = now().headroomOf(left.descriptor().owner());
        if (cell == null) {
            return;
        }
        Headroom.Window seen = Headroom.seen(left, nowNanos);
        if (seen != null) {
            cell.update(old -> old.with(seen));
        } else if (left.descriptor().limit().isLearned()) {
            cell.update(old -> old.withLearned(left));
        }
    }

    /** A replica's answer has told what is left of one of its vendor's limits. */
    public void told(Replica replica, VendorLimit limit, long nowNanos) {
        Slot.Domain domain = learning(replica);
        if (domain != null) {
            domain.headroom().update(old -> old.with(Headroom.told(limit, nowNanos)));
        }
    }

    /** The limit such an answer tells of, as the quota store counts it; null if the replica is configured away. */
    public @Nullable Descriptor learned(Replica replica, VendorLimit told) {
        Slot.Domain domain = learning(replica);
        return domain == null ? null : learned(domain, told.dimension(), Headroom.lengthOf(told));
    }

    private static Descriptor learned(Slot.Domain domain, Dimension dimension, Duration window) {
        return new Descriptor(domain.owner(), Side.DOMAIN, Limit.learned(dimension, window));
    }

    /** The vendor's limits that are known now, for an attempt to reserve. */
    public List<Descriptor> learned(Replica replica, long nowNanos) {
        Slot.Domain domain = learning(replica);
        if (domain == null || domain.headroom().get().windows().isEmpty()) {
            return List.of();
        }
        List<Descriptor> learned = new ArrayList<>(2);
        for (Headroom.Window window : domain.headroom().get().windows()) {
            if (window.source() == Headroom.Source.VENDOR && window.known(nowNanos)) {
                learned.add(learned(domain, window.dimension(), window.length()));
            }
        }
        return learned;
    }

    /**
     * What is known now of everything that a replica shares with others, by owner: its quota domains, and what its vendor
     * limits. Empty if it is configured away.
     */
    public Map<String, List<Headroom.Window>> headroom(Replica replica, long nowNanos) {
        Map<String, List<Headroom.Window>> known = new LinkedHashMap<>();
        Slot slot = now().slotOf(replica);
        for (Slot.Domain domain : slot == null ? List.<Slot.Domain>of() : slot.domains()) {
            known.put(
                    domain.owner(),
                    domain.headroom().get().windows().stream()
                            .filter(window -> window.known(nowNanos))
                            .toList());
        }
        return known;
    }

    private Slot.@Nullable Domain learning(Replica replica) {
        Slot slot = now().slotOf(replica);
        for (Slot.Domain domain : slot == null ? List.<Slot.Domain>of() : slot.domains()) {
            if (domain.learns()) {
                return domain;
            }
        }
        return null;
    }

    /**
     * A call was sent that might be hedged.
     *
     * @param share of such calls that may be
     */
    public void hedgeable(double share) {
        hedges.update(credit -> credit.earned(share));
    }

    /** Takes one of the hedges earned; false if none is left. */
    public boolean hedge() {
        while (true) {
            HedgeCredit credit = hedges.get();
            if (!credit.enough()) {
                return false;
            }
            if (hedges.replace(credit, credit.spent())) {
                return true;
            }
        }
    }

    /** What operators have ordered. */
    public OperatorOverlay overlay() {
        return now().overlay;
    }

    /**
     * Takes what operators have ordered by now; one that knows less than the one in force changes nothing. Actions that close
     * circuits do so the first time they are seen, and never again.
     */
    public void operate(OperatorOverlay overlay) {
        while (true) {
            Generation before = generation.get();
            long seen = before.overlay.number();
            if (overlay.number() < seen) {
                return;
            }
            Generation next = new Generation(before, overlay);
            if (generation.replace(before, next)) {
                overlay.closingCircuitsAfter(seen).forEach(action -> Trust.restore(action, next));
                return;
            }
        }
    }
}
