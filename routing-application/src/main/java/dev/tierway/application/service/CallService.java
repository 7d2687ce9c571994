package dev.tierway.application.service;

import dev.tierway.application.agents.AgentHolds;
import dev.tierway.application.error.OverloadedException;
import dev.tierway.application.error.TierwayException;
import dev.tierway.application.limits.LimitRules;
import dev.tierway.application.limits.LimitsInForce;
import dev.tierway.application.port.in.CallAddress;
import dev.tierway.application.port.in.CallByTier;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.CallHandle;
import dev.tierway.application.port.in.CallLogicalModel;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.in.CallReplica;
import dev.tierway.application.port.in.ExplainRouting;
import dev.tierway.application.port.in.ReplySink;
import dev.tierway.application.rules.RoutingRules;
import dev.tierway.domain.call.CallSpec;
import dev.tierway.domain.call.DryRun;
import dev.tierway.domain.call.Event;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.routing.RoutingPolicy;
import dev.tierway.domain.routing.Strategies;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The use cases: a command becomes a spec, a spec becomes a running call or a dry run. */
public final class CallService implements CallByTier, CallLogicalModel, CallReplica, CallAddress, ExplainRouting {
    private final ReplicaRegistry registry;
    private final Ports ports;
    private final Listeners listeners;
    private final CallPlanner planner;
    private final LimitsInForce limits;
    private final ParkingLot parking = new ParkingLot();
    private final AgentHolds holds;
    private final Map<CallDriver, CallOptions> running = new ConcurrentHashMap<>();
    private final CompletableFuture<@Nullable Void> drained = new CompletableFuture<>();
    private volatile boolean draining;

    /** @param instance this gateway's name in decisions */
    public CallService(ReplicaRegistry registry, Supplier<RoutingPolicy> policies, Ports ports, String instance) {
        this(
                registry,
                policies,
                new RoutingRules(List.of()),
                Strategies.BUILT_IN,
                new LimitsInForce(LimitRules.NONE, ports.wallClock()),
                new AgentHolds(),
                ports,
                instance);
    }

    /**
     * @param rules looked at by every call at its start
     * @param strategies those that calls, rules and routes may name
     * @param limits of those who call
     * @param holds asked before every call
     * @param instance this gateway's name in decisions
     */
    public CallService(
            ReplicaRegistry registry,
            Supplier<RoutingPolicy> policies,
            RoutingRules rules,
            Strategies strategies,
            LimitsInForce limits,
            AgentHolds holds,
            Ports ports,
            String instance) {
        this.registry = registry;
        this.ports = ports;
        this.limits = limits;
        this.holds = holds;
        holds.onStop(this::haltHeld);
        this.listeners = new Listeners(ports.listeners());
        this.planner = new CallPlanner(
                registry,
                policies,
                rules,
                strategies,
                limits,
                ports.clock(),
                ports.wallClock(),
                ports.entropy(),
                instance,
                listeners);
    }

    @Override
    public CallHandle callByTier(CallCommand command, ReplySink sink) {
        return call(command, sink);
    }

    @Override
    public CallHandle callLogicalModel(CallCommand command, ReplySink sink) {
        return call(command, sink);
    }

    @Override
    public CallHandle callReplica(CallCommand command, ReplySink sink) {
        return call(command, sink);
    }

    @Override
    public CallHandle call(CallCommand said, ReplySink sink) {
        refuseWhileDraining();
        CallCommand command = KeyRights.admitted(said);
        holds.requireFree(command.options());
        CallSpec spec = planner.plan(command, registry.catalogue());
        Removal removal = new Removal();
        CallDriver driver = new CallDriver(spec, command, sink, registry, limits, ports, parking, removal);
        removal.of = driver;
        running.put(driver, command.options());
        if (draining) {
            // It began to drain since the first look: whoever waits for the last call must not miss this one.
            removal.run();
            refuseWhileDraining();
        }
        listeners.started(spec.identity());
        if (spec.callerLimits().descriptors().stream().anyMatch(Descriptor::countsOthers)) {
            listeners.namesCountedTogether(spec.identity().callId(), command.key());
        }
        driver.start();
        // Stopped since the first look, maybe before it was among the running ones.
        haltIfHeld(driver, command.options());
        return driver;
    }

    private void refuseWhileDraining() {
        if (draining) {
            throw new OverloadedException(new TierwayException.Details(
                    "this instance is shutting down; ask another", 503, "shutting_down", true, null, null));
        }
    }

    /** Forgets a call once it has ended in every respect. */
    private final class Removal implements Runnable {
        private @Nullable CallDriver of;

        @Override
        public void run() {
            if (of != null) {
                running.remove(of);
            }
            if (draining && running.isEmpty()) {
                drained.complete(null);
            }
        }
    }

    @Override
    public Selection explain(CallCommand command) {
        CallSpec spec = planner.plan(KeyRights.fixed(command), registry.catalogue());
        return DryRun.of(spec, registry, ports.clock().nanos());
    }

    /** Takes no more calls; completes when the running ones have ended. */
    public CompletableFuture<@Nullable Void> drain() {
        draining = true;
        if (running.isEmpty()) {
            drained.complete(null);
        }
        return drained;
    }

    public boolean draining() {
        return draining;
    }

    /** Ends every running call. */
    public void stopAll(String by) {
        running.keySet().forEach(driver -> driver.stop(by));
    }

    private void haltHeld() {
        running.forEach(this::haltIfHeld);
    }

    private void haltIfHeld(CallDriver driver, CallOptions caller) {
        String why = holds.stops(caller);
        if (why != null) {
            driver.enter(() -> driver.feed(new Event.Halted(why)));
        }
    }

    public int runningCalls() {
        return running.size();
    }
}
