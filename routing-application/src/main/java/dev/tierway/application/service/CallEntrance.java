package dev.tierway.application.service;

import dev.tierway.application.limits.LimitsInForce;
import dev.tierway.application.plugin.AttachedPlugin;
import dev.tierway.application.plugin.Plugins;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.ReplySink;
import dev.tierway.domain.call.CallSpec;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.quota.Descriptor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes running calls of commands: under one configuration each, with plugins around those that have any. */
final class CallEntrance {
    private final ReplicaRegistry registry;
    private final LimitsInForce limits;
    private final Plugins plugins;
    private final Intake intake;
    private final Ports ports;
    private final Listeners listeners;
    private final CallPlanner planner;
    private final Changeover changeover;
    private final RunningCalls running;

    CallEntrance(
            ReplicaRegistry registry,
            LimitsInForce limits,
            Plugins plugins,
            Intake intake,
            Ports ports,
            Listeners listeners,
            CallPlanner planner,
            Changeover changeover,
            RunningCalls running) {
        this.registry = registry;
        this.limits = limits;
        this.plugins = plugins;
        this.intake = intake;
        this.ports = ports;
        this.listeners = listeners;
        this.planner = planner;
        this.changeover = changeover;
        this.running = running;
    }

    /** Starts it. */
    Haltable enter(CallCommand command, ReplySink sink) {
        Begun begun = begin(command);
        CallSpec spec = begun.spec();
        Removal removal = new Removal(begun);
        List<AttachedPlugin> chain = plugins.attached();
        if (!chain.isEmpty()) {
            PluggedCall call = new PluggedCall(spec, command, sink, chain, new Rerouting(removal), ports);
            enter(call, command, removal);
            listeners.started(spec.identity());
            call.start();
            return call;
        }
        CallDriver driver =
                driver(begun, command, CallParty.of(sink, ports.executors().forCall()), removal);
        enter(driver, command, removal);
        listeners.started(spec.identity());
        tellOfNames(spec, command);
        driver.start();
        return driver;
    }

    private void enter(Haltable call, CallCommand command, Removal removal) {
        removal.of = call;
        running.add(call, command.options());
        if (running.draining()) {
            // It began to drain since the first look: whoever waits for the last call must not miss this one.
            removal.run();
            running.requireOpen();
        }
    }

    private void tellOfNames(CallSpec spec, CallCommand command) {
        if (spec.callerLimits().descriptors().stream().anyMatch(Descriptor::countsOthers)) {
            listeners.namesCountedTogether(spec.identity().callId(), command.key());
        }
    }

    private CallDriver driver(Begun begun, CallCommand command, CallParty party, Runnable removal) {
        return new CallDriver(
                begun.spec(),
                command,
                party,
                begun.fleet(),
                limits,
                ports.over(begun.transports()),
                begun.turn(),
                removal);
    }

    /** Under the configuration of now, whole. */
    Begun begin(CallCommand command) {
        return changeover.whole(() -> begun(command), Begun::takeBack);
    }

    private Begun begun(CallCommand command) {
        ReplicaRegistry fleet = registry.pinned();
        CallSpec spec = planner.plan(command, fleet);
        ParkedCall.Turn turn = intake.enter(command, ports.clock().nanos(), listeners);
        return new Begun(spec, fleet, turn, ports.transports().hold());
    }

    /** Forgets a call once it has ended in every respect. */
    private final class Removal implements Runnable {
        private Begun begun;
        private @Nullable Haltable of;

        private Removal(Begun begun) {
            this.begun = begun;
        }

        @Override
        public void run() {
            begun.takeBack();
            running.remove(of);
        }
    }

    /** What a call that plugins take part in needs of this service. All on the call's executor. */
    private final class Rerouting implements PluggedCall.Routing {
        private final Removal removal;

        Rerouting(Removal removal) {
            this.removal = removal;
        }

        /** Under the configuration of now, whole. */
        @Override
        public CallSpec replan(CallSpec before, CallCommand command) {
            Begun fresh = changeover.whole(
                    () -> {
                        ReplicaRegistry fleet = registry.pinned();
                        CallSpec spec = planner.replan(before, command, fleet);
                        return new Begun(
                                spec,
                                fleet,
                                removal.begun.turn(),
                                ports.transports().hold());
                    },
                    unwanted -> unwanted.transports().letGo());
            removal.begun.transports().letGo();
            removal.begun = fresh;
            return fresh.spec();
        }

        @Override
        public CallDriver driver(CallCommand command, CallParty party) {
            tellOfNames(removal.begun.spec(), command);
            return CallEntrance.this.driver(removal.begun, command, party, removal);
        }
    }
}
