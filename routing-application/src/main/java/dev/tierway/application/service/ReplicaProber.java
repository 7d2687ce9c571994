package dev.tierway.application.service;

import dev.tierway.application.port.out.CallExecutor;
import dev.tierway.application.port.out.CallExecutors;
import dev.tierway.application.port.out.Entropy;
import dev.tierway.application.port.out.MonotonicClock;
import dev.tierway.application.port.out.ProbePlan;
import dev.tierway.application.port.out.ProbeReport;
import dev.tierway.application.port.out.ReplicaProbes;
import dev.tierway.application.port.out.RoutingListener;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.fleet.Mixing;
import dev.tierway.domain.fleet.ProbeResult;
import dev.tierway.domain.fleet.ProbeState;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.fleet.ReplicaView;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Looks at servers beside their calls, so that a dead one is known before a call finds out and a recovered one before a
 * call dares to. Lives on a serial executor of its own choosing: nothing here waits, and no call waits for it.
 */
public final class ReplicaProber implements AutoCloseable {
    private static final int MOST_AT_ONCE = 8;
    private static final double JITTER = 0.1;
    /** What several probes in a row should have said: one that is late doesn't make a verdict flicker. */
    private static final int VALID_INTERVALS = 3;
    /** A first look after a start, and a second after a first failure (HAProxy's fastinter), come this soon. */
    private static final long SOON_NANOS = 1_000_000_000L;

    private final ReplicaRegistry registry;
    private final ReplicaProbes probes;
    private final CallExecutor executor;
    private final MonotonicClock clock;
    private final Entropy entropy;
    private final Listeners listeners;
    /** Every replica that is looked at; with a timer unless it is queued or looked at now. */
    private final Map<ReplicaId, CallExecutor.@Nullable Timer> followed = new LinkedHashMap<>();

    /** By which plan each was armed last: what another configuration plans anew is looked at soon. */
    private final Map<ReplicaId, ProbePlan> planned = new HashMap<>();

    private final Deque<ReplicaId> queue = new ArrayDeque<>();
    private int running;
    private long generation;
    private boolean closed;

    public ReplicaProber(
            ReplicaRegistry registry,
            ReplicaProbes probes,
            CallExecutors executors,
            MonotonicClock clock,
            Entropy entropy,
            List<RoutingListener> listeners) {
        this.registry = registry;
        this.probes = probes;
        this.executor = executors.forCall();
        this.clock = clock;
        this.entropy = entropy;
        this.listeners = new Listeners(listeners);
    }

    /** Begins to look at the replicas that have a plan; to be called again when the configuration changed. */
    public void follow() {
        executor.execute(this::followAll);
    }

    /** Stops; what is under way no longer counts. */
    @Override
    public void close() {
        executor.execute(() -> {
            closed = true;
            followed.values().forEach(timer -> {
                if (timer != null) {
                    timer.cancel();
                }
            });
            followed.clear();
            queue.clear();
        });
    }

    private void followAll() {
        generation = registry.generation();
        for (Replica replica : registry.catalogue().replicas()) {
            ProbePlan plan = closed ? null : plan(replica);
            if (plan != null) {
                follow(replica.id(), plan);
            }
        }
    }

    private void follow(ReplicaId replica, ProbePlan plan) {
        CallExecutor.Timer timer = followed.get(replica);
        boolean plannedAnew = !plan.equals(planned.put(replica, plan));
        if (timer != null && plannedAnew) {
            timer.cancel();
        }
        if (!followed.containsKey(replica) || (timer != null && plannedAnew)) {
            arm(replica, (long) (Math.min(SOON_NANOS, plan.interval().toNanos()) * chance()));
        }
    }

    private void forget(ReplicaId replica) {
        followed.remove(replica);
        planned.remove(replica);
    }

    private @Nullable ProbePlan plan(Replica replica) {
        return probes.of(replica.provider()).orElse(null);
    }

    private void arm(ReplicaId replica, long inNanos) {
        followed.put(replica, executor.schedule(() -> due(replica), clock.nanos() + inNanos));
    }

    /** An interval, give or take a tenth, so that many replicas are not looked at in step. */
    private long jittered(long nanos) {
        return (long) (nanos * (1 - JITTER + 2 * JITTER * chance()));
    }

    private double chance() {
        return Mixing.unit(entropy.nextLong(), 0);
    }

    private void due(ReplicaId replica) {
        if (closed) {
            return;
        }
        followed.put(replica, null);
        queue.add(replica);
        if (generation != registry.generation()) {
            followAll();
        }
        next();
    }

    private void next() {
        while (running < MOST_AT_ONCE && !queue.isEmpty()) {
            ReplicaId id = queue.remove();
            Replica replica = registry.catalogue().replica(id);
            ProbePlan plan = replica == null ? null : plan(replica);
            if (replica == null || plan == null) {
                forget(id);
            } else if (deliveredLately(replica, plan)) {
                arm(id, jittered(plan.interval().toNanos()));
            } else {
                begin(replica, plan);
            }
        }
    }

    /** A call that was delivered has told more than a probe could. */
    private boolean deliveredLately(Replica replica, ProbePlan plan) {
        ReplicaView view = view(replica);
        Long measured = view == null ? null : view.state().lastMeasuredNanos();
        return measured != null && clock.nanos() - measured < plan.interval().toNanos();
    }

    private @Nullable ReplicaView view(Replica replica) {
        List<ReplicaView> views =
                registry.snapshot(List.of(replica), List.of(), clock.nanos()).candidates();
        return views.isEmpty() ? null : views.getFirst();
    }

    private void begin(Replica replica, ProbePlan plan) {
        running++;
        CompletionStage<ProbeResult> looking = plan.probe().probe(replica);
        var unused =
                looking.whenComplete((result, error) -> executor.execute(() -> ended(replica, plan, result, error)));
    }

    private void ended(Replica replica, ProbePlan plan, @Nullable ProbeResult result, @Nullable Throwable error) {
        running--;
        if (closed) {
            return;
        }
        if (error != null) {
            listeners.internalError("probe of " + replica.id(), error);
        }
        ReplicaView before = view(replica);
        ProbePlan now = plan(replica);
        if (before == null || now == null) {
            forget(replica.id());
        } else {
            // What was found where the replica was before says nothing of where it is now.
            ProbeState after =
                    judge(before, now, result != null && now.equals(plan) ? result : ProbeResult.INCONCLUSIVE);
            long interval = now.interval().toNanos();
            arm(replica.id(), jittered(after.failures() == 1 ? Math.min(SOON_NANOS, interval) : interval));
        }
        next();
    }

    private ProbeState judge(ReplicaView before, ProbePlan plan, ProbeResult found) {
        // A server at work may answer late; whether its calls hang is told by their own clocks.
        boolean busy = found == ProbeResult.TIMED_OUT && before.state().inFlight() > 0;
        ProbeResult result = busy ? ProbeResult.INCONCLUSIVE : found;
        long now = clock.nanos();
        long valid =
                VALID_INTERVALS * plan.interval().toNanos() + plan.timeout().toNanos();
        ProbeState after = registry.probed(before.replica(), result, now, valid);
        boolean was = before.probe().unhealthyUntilNanos(now) != null;
        boolean is = after.unhealthyUntilNanos(now) != null;
        listeners.probed(new ProbeReport(before.replica().id(), result, is, is != was));
        return after;
    }
}
