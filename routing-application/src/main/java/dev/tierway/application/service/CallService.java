package dev.tierway.application.service;

import dev.tierway.application.limits.LimitRules;
import dev.tierway.application.limits.LimitsInForce;
import dev.tierway.application.plugin.AttachedPlugin;
import dev.tierway.application.plugin.Plugins;
import dev.tierway.application.port.in.CallAddress;
import dev.tierway.application.port.in.CallByTier;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.CallHandle;
import dev.tierway.application.port.in.CallLogicalModel;
import dev.tierway.application.port.in.CallReplica;
import dev.tierway.application.port.in.ExplainRouting;
import dev.tierway.application.port.in.ReplySink;
import dev.tierway.application.rules.RoutingRules;
import dev.tierway.domain.call.CallSpec;
import dev.tierway.domain.call.DryRun;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.routing.RoutingPolicy;
import dev.tierway.domain.routing.Strategies;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The use cases: a command becomes a spec, a spec becomes a running call or a dry run. */
public final class CallService implements CallByTier, CallLogicalModel, CallReplica, CallAddress, ExplainRouting {
    private final ReplicaRegistry registry;
    private final Ports ports;
    private final Listeners listeners;
    private final CallPlanner planner;
    private final LimitsInForce limits;
    private final Plugins plugins;
    private final ParkingLot parking = new ParkingLot();
    private final RunningCalls running = new RunningCalls();

    /** @param instance this gateway's name in decisions */
    public CallService(ReplicaRegistry registry, Supplier<RoutingPolicy> policies, Ports ports, String instance) {
        this(
                registry,
                policies,
                new RoutingRules(List.of()),
                Strategies.BUILT_IN,
                new LimitsInForce(LimitRules.NONE, ports.wallClock()),
                new Plugins(List.of()),
                ports,
                instance);
    }

    /**
     * @param rules looked at by every call at its start
     * @param strategies those that calls, rules and routes may name
     * @param limits of those who call
     * @param plugins that take part in calls
     * @param instance this gateway's name in decisions
     */
    public CallService(
            ReplicaRegistry registry,
            Supplier<RoutingPolicy> policies,
            RoutingRules rules,
            Strategies strategies,
            LimitsInForce limits,
            Plugins plugins,
            Ports ports,
            String instance) {
        this.registry = registry;
        this.plugins = plugins;
        this.ports = ports;
        this.limits = limits;
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
    public CallHandle call(CallCommand command, ReplySink sink) {
        running.refuseWhileDraining();
        CallSpec spec = planner.plan(command, registry.catalogue());
        RunningCalls.Removal removal = running.new Removal();
        List<AttachedPlugin> chain = plugins.attached();
        if (!chain.isEmpty()) {
            PluggedCall call = new PluggedCall(spec, command, sink, chain, new Rerouting(removal), ports);
            running.enter(call, removal);
            listeners.started(spec.identity());
            call.start();
            return call;
        }
        CallParty alone = CallParty.of(sink, ports.executors().forCall());
        CallDriver driver = driver(spec, command, alone, removal);
        running.enter(driver, removal);
        listeners.started(spec.identity());
        tellOfNames(spec, command);
        driver.start();
        return driver;
    }

    private void tellOfNames(CallSpec spec, CallCommand command) {
        if (spec.callerLimits().descriptors().stream().anyMatch(Descriptor::countsOthers)) {
            listeners.namesCountedTogether(spec.identity().callId(), command.key());
        }
    }

    private CallDriver driver(CallSpec spec, CallCommand command, CallParty party, Runnable removal) {
        return new CallDriver(spec, command, party, registry, limits, ports, parking, removal);
    }

    /** What a call that plugins take part in needs of this service. */
    private final class Rerouting implements PluggedCall.Routing {
        private final RunningCalls.Removal removal;

        Rerouting(RunningCalls.Removal removal) {
            this.removal = removal;
        }

        @Override
        public CallSpec replan(CallSpec before, CallCommand command) {
            return planner.replan(before, command, registry.catalogue());
        }

        @Override
        public CallDriver driver(CallSpec spec, CallCommand command, CallParty party) {
            tellOfNames(spec, command);
            return CallService.this.driver(spec, command, party, removal);
        }
    }

    @Override
    public Selection explain(CallCommand command) {
        CallSpec spec = planner.plan(command, registry.catalogue());
        return DryRun.of(spec, registry, ports.clock().nanos());
    }

    /** Takes no more calls; completes when the running ones have ended. */
    public CompletableFuture<@Nullable Void> drain() {
        return running.drain();
    }

    public boolean draining() {
        return running.draining();
    }

    /** Ends every running call. */
    public void stopAll(String by) {
        running.stopAll(by);
    }

    public int runningCalls() {
        return running.size();
    }
}
