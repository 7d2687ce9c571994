package dev.tierway.application.service;

import dev.tierway.application.agents.AgentHolds;
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
import dev.tierway.application.queue.OverloadSettings;
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
    private final Changeover changeover;
    private final Intake intake;
    private final AgentHolds holds;
    private final RunningCalls running = new RunningCalls();

    /** @param instance this gateway's name in decisions */
    public CallService(ReplicaRegistry registry, Supplier<RoutingPolicy> policies, Ports ports, String instance) {
        this(
                registry,
                policies,
                new RoutingRules(List.of()),
                Strategies.BUILT_IN,
                new LimitsInForce(LimitRules.NONE, ports.wallClock()),
                new AgentHolds(),
                new Intake(() -> OverloadSettings.DEFAULTS),
                ports,
                instance,
                new Changeover());
    }

    /**
     * @param rules looked at by every call at its start
     * @param strategies those that calls, rules and routes may name
     * @param limits of those who call
     * @param holds asked before every call
     * @param intake how much this instance takes on
     * @param instance this gateway's name in decisions
     * @param changeover where all the others are replaced together
     */
    public CallService(
            ReplicaRegistry registry,
            Supplier<RoutingPolicy> policies,
            RoutingRules rules,
            Strategies strategies,
            LimitsInForce limits,
            AgentHolds holds,
            Intake intake,
            Ports ports,
            String instance,
            Changeover changeover) {
        this.intake = intake;
        this.registry = registry;
        this.ports = ports;
        this.limits = limits;
        this.changeover = changeover;
        this.holds = holds;
        holds.onStop(this::haltHeld);
        this.listeners = new Listeners(ports.listeners());
        this.planner = new CallPlanner(
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
        running.requireOpen();
        CallCommand command = KeyRights.admitted(said);
        holds.requireFree(command.options());
        Begun begun = changeover.whole(() -> begin(command), Begun::takeBack);
        CallSpec spec = begun.spec();
        Removal removal = new Removal(begun);
        CallDriver driver = new CallDriver(
                spec, command, sink, begun.fleet(), limits, ports.over(begun.transports()), begun.turn(), removal);
        removal.of = driver;
        running.add(driver, command.options());
        if (running.draining()) {
            // It began to drain since the first look: whoever waits for the last call must not miss this one.
            removal.run();
            running.requireOpen();
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

    private Begun begin(CallCommand command) {
        ReplicaRegistry fleet = registry.pinned();
        CallSpec spec = planner.plan(command, fleet);
        ParkedCall.Turn turn = intake.enter(command, ports.clock().nanos(), listeners);
        return new Begun(spec, fleet, turn, ports.transports().hold());
    }

    /** Forgets a call once it has ended in every respect. */
    private final class Removal implements Runnable {
        private final Begun begun;
        private @Nullable CallDriver of;

        private Removal(Begun begun) {
            this.begun = begun;
        }

        @Override
        public void run() {
            begun.takeBack();
            running.remove(of);
        }
    }

    @Override
    public Selection explain(CallCommand said) {
        CallCommand command = KeyRights.fixed(said);
        Begun begun = changeover.whole(() -> begin(command), Begun::takeBack);
        begun.takeBack();
        return DryRun.of(begun.spec(), begun.fleet(), ports.clock().nanos());
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
        running.forEach((driver, caller) -> driver.stop(by));
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
