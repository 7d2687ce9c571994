package dev.tierway.application.service;

import dev.tierway.application.port.in.QueryHints;
import dev.tierway.application.port.out.FleetHints;
import dev.tierway.application.port.out.LedgerRow;
import dev.tierway.application.port.out.MonotonicClock;
import dev.tierway.application.port.out.RoutingListener;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fleet.Circuit;
import dev.tierway.domain.fleet.Cooldown;
import dev.tierway.domain.fleet.FleetHint;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.fleet.ReplicaView;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Tells other instances of rests and opened circuits when an attempt's failure brought them about, each once, and uses what they
 * tell. What was only heard is not told on.
 */
public final class SharedHints implements RoutingListener, QueryHints {
    private final ReplicaRegistry registry;
    private final FleetHints hints;
    private final MonotonicClock clock;
    /** Until when each replica and provider rests, as far as everybody knows. Bounded by what is configured. */
    private final Map<Object, Long> toldRests = new ConcurrentHashMap<>();

    private final Map<ReplicaId, Integer> toldOpenings = new ConcurrentHashMap<>();
    private final LongAdder told = new LongAdder();
    private final LongAdder used = new LongAdder();
    private final LongAdder ignored = new LongAdder();

    public SharedHints(ReplicaRegistry registry, FleetHints hints, MonotonicClock clock) {
        this.registry = registry;
        this.hints = hints;
        this.clock = clock;
    }

    public void start() {
        hints.subscribe(this::heard);
    }

    @Override
    public HintCounts hints() {
        return new HintCounts(told.sum(), used.sum(), ignored.sum());
    }

    private void heard(FleetHint hint) {
        long now = clock.nanos();
        if (hint instanceof FleetHint.Resting resting) {
            toldRests.merge(rests(resting), now + resting.forNanos(), Long::max);
        }
        if (registry.hinted(hint, now)) {
            used.increment();
        } else {
            ignored.increment();
            if (hint instanceof FleetHint.Resting resting) {
                toldRests.remove(rests(resting));
            }
        }
    }

    private static Object rests(FleetHint.Resting resting) {
        ReplicaId replica = resting.replica();
        return replica == null ? resting.provider() : replica;
    }

    @Override
    public void attemptEnded(LedgerRow row) {
        noticed(row.replica(), row.failure());
    }

    /** The registry has learned from it already. */
    void noticed(ReplicaId id, @Nullable FailureClass failure) {
        if (failure == null || !(failure.counts() || failure.coolsDown())) {
            return;
        }
        Replica replica = registry.catalogue().replica(id);
        if (replica == null) {
            return;
        }
        long now = clock.nanos();
        for (ReplicaView view :
                registry.snapshot(List.of(replica), List.of(), now).candidates()) {
            resting(replica.id(), view.state().cooldown(), replica.provider(), replica.id(), now);
            resting(replica.provider(), view.provider().cooldown(), replica.provider(), null, now);
            opened(replica, view.state().circuit(), now);
        }
    }

    private void resting(
            Object who, Cooldown cooldown, ProviderId provider, @Nullable ReplicaId replica, long nowNanos) {
        Long until = cooldown.untilNanos();
        if (until == null || until <= nowNanos) {
            return;
        }
        Long before = toldRests.get(who);
        if (before == null || before < until) {
            toldRests.put(who, until);
            told.increment();
            hints.publish(new FleetHint.Resting(provider, replica, Math.min(FleetHint.MOST_NANOS, until - nowNanos)));
        }
    }

    private void opened(Replica replica, Circuit circuit, long nowNanos) {
        if (circuit.phase(nowNanos, replica.circuit()) != Circuit.Phase.OPEN) {
            return;
        }
        Integer before = toldOpenings.put(replica.id(), circuit.epoch());
        if (before == null || before != circuit.epoch()) {
            told.increment();
            hints.publish(new FleetHint.Distrusted(replica.id()));
        }
    }
}
