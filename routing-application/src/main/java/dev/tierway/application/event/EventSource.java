package dev.tierway.application.event;

import dev.tierway.application.explain.CallCost;
import dev.tierway.application.explain.CallStatus;
import dev.tierway.application.explain.LimitWords;
import dev.tierway.application.port.out.Entropy;
import dev.tierway.application.port.out.LedgerRow;
import dev.tierway.application.port.out.MonotonicClock;
import dev.tierway.application.port.out.RoutingListener;
import dev.tierway.application.port.out.WallClock;
import dev.tierway.domain.call.AttemptResult;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.Round;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fleet.Circuit;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.fleet.ReplicaView;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.quota.Left;
import dev.tierway.domain.routing.Choice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Makes events of what calls tell. What nobody wants isn't made. */
public final class EventSource implements RoutingListener {
    private final EventBus bus;
    private final ReplicaRegistry registry;
    private final MonotonicClock clock;
    private final WallClock wallClock;
    private final Entropy entropy;
    /** The opening last told of each replica. Bounded by what is configured. */
    private final Map<Object, Integer> openings = new ConcurrentHashMap<>();

    public EventSource(
            EventBus bus, ReplicaRegistry registry, MonotonicClock clock, WallClock wallClock, Entropy entropy) {
        this.bus = bus;
        this.registry = registry;
        this.clock = clock;
        this.wallClock = wallClock;
        this.entropy = entropy;
    }

    @Override
    public void finished(Selection selection) {
        CallResult result = selection.result();
        if (result == null || result instanceof CallResult.ClientGone) {
            return;
        }
        EventType type = result instanceof CallResult.Answer ? EventType.REQUEST_COMPLETED : EventType.REQUEST_FAILED;
        if (bus.wanted(type)) {
            publish(type, ended(selection, result));
        }
        if (bus.wanted(EventType.REPLICA_SWITCHED)) {
            switched(selection);
        }
    }

    private static Map<String, Object> ended(Selection selection, CallResult result) {
        Map<String, Object> data = call(selection);
        CallStatus status = CallStatus.of(result);
        data.put("outcome", result.status());
        data.put("http_status", status.httpStatus());
        put(data, "code", status.code());
        put(data, "address", selection.features().ask().address());
        data.put("stream", selection.features().stream());
        data.put("attempts", selection.attempts());
        put(data, "replica", lastReplica(selection));
        NanoUsd cost = CallCost.of(selection);
        put(data, "cost_usd", cost == null ? null : cost.toDecimalString());
        if (result instanceof CallResult.Answer answer) {
            data.put("input_tokens", answer.usage().input());
            data.put("output_tokens", answer.usage().output());
        }
        if (result instanceof CallResult.Answered answered) {
            data.put("plugin", answered.plugin());
            data.put("cached", answered.cached());
        }
        return data;
    }

    private static @Nullable String lastReplica(Selection selection) {
        String last = null;
        for (Round round : selection.rounds()) {
            last = round.choice() instanceof Choice.Chosen chosen
                    ? chosen.replica().replica().id().value()
                    : last;
        }
        return last;
    }

    private void switched(Selection selection) {
        String from = null;
        AttemptResult left = null;
        for (Round round : selection.rounds()) {
            if (!(round.choice() instanceof Choice.Chosen chosen)) {
                continue;
            }
            String to = chosen.replica().replica().id().value();
            if (from != null && !from.equals(to) && left != null && left.failure() != null) {
                Map<String, Object> data = call(selection);
                data.put("from", from);
                data.put("to", to);
                data.put("class", left.failure().failureClass().id());
                publish(EventType.REPLICA_SWITCHED, data);
            }
            from = to;
            left = round.result();
        }
    }

    @Override
    public void attemptEnded(LedgerRow row) {
        FailureClass failure = row.failure();
        if (failure == null) {
            return;
        }
        if (operators(failure) && bus.wanted(EventType.REPLICA_MISCONFIGURED)) {
            Map<String, Object> data = new LinkedHashMap<>();
            data.put("replica", row.replica().value());
            data.put("class", failure.id());
            data.put("decision", row.attempt().callId());
            publish(EventType.REPLICA_MISCONFIGURED, data);
        }
        if (bus.wanted(EventType.CIRCUIT_OPENED)) {
            opened(row.replica(), failure);
        }
    }

    private static boolean operators(FailureClass failure) {
        return failure == FailureClass.MISCONFIGURED
                || failure == FailureClass.CREDENTIAL
                || failure == FailureClass.ACCOUNT_EXHAUSTED;
    }

    /** The registry has learned from the failure already. */
    private void opened(ReplicaId id, FailureClass failure) {
        Replica replica = registry.catalogue().replica(id);
        if (replica == null) {
            return;
        }
        long now = clock.nanos();
        for (ReplicaView view :
                registry.snapshot(List.of(replica), List.of(), now).candidates()) {
            opened(view.state().circuit(), replica, id, failure, now);
            opened(view.provider().circuit(), replica, replica.provider(), failure, now);
        }
    }

    /** @param whose the replica's id, or its provider's where the credential is to blame */
    private void opened(Circuit circuit, Replica replica, Object whose, FailureClass failure, long now) {
        if (circuit.phase(now, replica.circuit()) != Circuit.Phase.OPEN) {
            return;
        }
        Integer before = openings.put(whose, circuit.epoch());
        if (before == null || before != circuit.epoch()) {
            Map<String, Object> data = new LinkedHashMap<>();
            data.put("scope", whose.equals(replica.id()) ? "replica" : "provider");
            data.put("id", whose.toString());
            data.put("replica", replica.id().value());
            data.put("class", failure.id());
            publish(EventType.CIRCUIT_OPENED, data);
        }
    }

    @Override
    public void limitNearlyUsed(Left left) {
        if (bus.wanted(EventType.BUDGET_WARNING)) {
            Map<String, Object> data = new LinkedHashMap<>();
            data.put("limit", left.descriptor().owner());
            data.put("dimension", left.descriptor().limit().dimension().id());
            data.put("message", LimitWords.warning(left, wallClock.epochMillis()));
            publish(EventType.BUDGET_WARNING, data);
        }
    }

    private static Map<String, Object> call(Selection selection) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("decision", selection.identity().callId());
        data.put("request_id", selection.identity().requestId());
        data.put("instance", selection.identity().instance());
        return data;
    }

    private static void put(Map<String, Object> data, String name, @Nullable Object value) {
        if (value != null) {
            data.put(name, value);
        }
    }

    private void publish(EventType type, Map<String, Object> data) {
        String id =
                "evt_" + Long.toUnsignedString(entropy.nextLong(), 36) + Long.toUnsignedString(entropy.nextLong(), 36);
        bus.publish(new GatewayEvent(id, type, wallClock.epochMillis(), data));
    }
}
