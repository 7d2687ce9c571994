package dev.tierway.application.service;

import dev.tierway.application.agents.AgentHolds;
import dev.tierway.application.limits.LimitRules;
import dev.tierway.application.limits.LimitsInForce;
import dev.tierway.application.plugin.Plugins;
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
import dev.tierway.application.rights.KeyRights;
import dev.tierway.application.rules.RoutingRules;
import dev.tierway.domain.call.DryRun;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.routing.RoutingPolicy;
import dev.tierway.domain.routing.Strategies;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The use cases: a command becomes a spec, a spec becomes a running call or a dry run. */
public final class CallService implements CallByTier, CallLogicalModel, CallReplica, CallAddress, ExplainRouting {
    private final Ports ports;
    private final AgentHolds holds;
    private final RunningCalls running = new RunningCalls();
    private final CallEntrance entrance;

    /** @param instance this gateway's name in decisions */
    public CallService(ReplicaRegistry registry, Supplier<RoutingPolicy> policies, Ports ports, String instance) {
        this(
                registry,
                policies,
                new RoutingRules(List.of()),
                Strategies.BUILT_IN,
                new LimitsInForce(LimitRules.NONE, ports.wallClock()),
                new Plugins(List.of()),
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
     * @param plugins that take part in calls
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
            Plugins plugins,
            AgentHolds holds,
            Intake intake,
            Ports ports,
            String instance,
            Changeover changeover) {
        this.ports = ports;
        this.holds = holds;
        holds.onStop(this::haltHeld);
        Listeners listeners = new Listeners(ports.listeners());
        CallPlanner planner = new CallPlanner(
                policies,
                rules,
                strategies,
                limits,
                ports.clock(),
                ports.wallClock(),
                ports.entropy(),
                instance,
                listeners);
        this.entrance =
                new CallEntrance(registry, limits, plugins, intake, ports, listeners, planner, changeover, running);
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
        Haltable call = entrance.enter(command, sink);
        // Stopped since the first look, maybe before it was among the running ones.
        haltIfHeld(call, command.options());
        return call;
    }

    @Override
    public Selection explain(CallCommand said) {
        Begun begun = entrance.begin(KeyRights.fixed(said));
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
        running.forEach((call, caller) -> call.stop(by));
    }

    private void haltHeld() {
        running.forEach(this::haltIfHeld);
    }

    private void haltIfHeld(Haltable call, CallOptions caller) {
        String why = holds.stops(caller);
        if (why != null) {
            call.halt(why);
        }
    }

    public int runningCalls() {
        return running.size();
    }
}
