package dev.tierway.simulation.world;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** All replicas of a run: where attempts are sent, and what vendors know of them afterwards. */
public final class Upstreams {
    private final VirtualTime time;
    private final Luck luck;
    private final List<ReplicaTruth> replicas;
    private final Ledger ledger;

    public Upstreams(VirtualTime time, Luck luck, List<ReplicaTruth> replicas, Ledger ledger) {
        this.time = time;
        this.luck = luck;
        this.replicas = List.copyOf(replicas);
        this.ledger = ledger;
    }

    public List<ReplicaTruth> replicas() {
        return replicas;
    }

    public ReplicaTruth replica(int index) {
        return replicas.get(index);
    }

    /** What would come of that attempt if it were sent now. */
    public Fate foresee(int replica, int attempt, Request request, AttemptLimits limits) {
        long key = luck.ofAttempt(request.call(), attempt, replica);
        return Fate.of(replicas.get(replica), request, limits, key, time.nowNanos());
    }

    /**
     * Sends a call to a replica.
     *
     * @param attempt 1 for the call's first
     */
    public Exchange send(int replica, int attempt, Request request, AttemptLimits limits, Exchange.Client client) {
        long now = time.nowNanos();
        Fate fate = foresee(replica, attempt, request, limits);
        ReplicaTruth truth = replicas.get(replica);
        if (fate.processed()) {
            truth.occupySlot();
        }
        if (fate.charged()) {
            truth.process(request, now);
        }
        Exchange exchange = new Exchange(this, truth, request, fate, client, now);
        ledger.sent(replica, now);
        plan(exchange);
        return exchange;
    }

    void plan(Exchange exchange) {
        time.at(exchange.dueNanos(), exchange);
    }

    void ended(Exchange exchange, int outputTokens) {
        Fate fate = exchange.fate();
        if (fate.processed()) {
            exchange.truth().freeSlot();
        }
        ledger.ended(exchange, outputTokens, time.nowNanos());
    }

    /** The first replica whose account, slots and health let such a request in now; null if there is none. */
    public @Nullable ReplicaTruth anyRoom(Request request) {
        for (ReplicaTruth replica : replicas) {
            if (replica.alive() && replica.waitNanos(request.tokens(), time.nowNanos()) == 0) {
                return replica;
            }
        }
        return null;
    }
}
