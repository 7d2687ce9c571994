package dev.tierway.application.service;

import dev.tierway.application.error.TierwayException;
import dev.tierway.application.plugin.AttachedPlugin;
import dev.tierway.application.plugin.PluginCall;
import dev.tierway.application.plugin.RequestVerdict;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.ReplySink;
import dev.tierway.application.port.out.CallExecutor;
import dev.tierway.application.port.out.Payload;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.CallSpec;
import dev.tierway.domain.call.PluginStage;
import dev.tierway.domain.call.PluginUse;
import dev.tierway.domain.routing.Ruling;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call that plugins take part in. Asks them before it is routed; then a driver runs it, with plugins between it and the
 * vendors ({@link PluggedAttempts}) and between it and its caller ({@link PluggedReply}).
 */
final class PluggedCall implements Haltable {
    private final CallSpec planned;
    private final CallCommand asked;
    private final ReplySink caller;
    private final List<AttachedPlugin> chain;
    private final CallExecutor executor;
    private final Routing routing;
    private final PluginRunner runner;
    private final PluginLog log;
    private final PluginCall call;
    private PluginRunner.@Nullable Asking asking;
    private @Nullable CallDriver driver;
    private long demand;
    private boolean left;
    private @Nullable String stoppedBy;
    private @Nullable String halted;

    /** What the service does for it. */
    interface Routing {
        CallSpec replan(CallSpec before, CallCommand command);

        CallDriver driver(CallCommand command, CallParty party);
    }

    PluggedCall(
            CallSpec planned,
            CallCommand asked,
            ReplySink caller,
            List<AttachedPlugin> chain,
            Routing routing,
            Ports ports) {
        this.planned = planned;
        this.asked = asked;
        this.caller = caller;
        this.chain = chain;
        this.routing = routing;
        this.executor = ports.executors().forCall();
        this.runner = new PluginRunner(executor, ports.clock());
        this.log = new PluginLog(callId(), new Listeners(ports.listeners()));
        this.call = new PluginCall(callId(), asked);
    }

    void start() {
        enter(() -> ask(0));
    }

    private void ask(int i) {
        int next = i;
        while (next < chain.size() && !chain.get(next).in(PluginStage.BEFORE_ROUTING)) {
            next++;
        }
        if (next == chain.size() || left || stoppedBy != null) {
            route(null, null);
            return;
        }
        int at = next;
        AttachedPlugin plugin = chain.get(at);
        asking = runner.ask(
                plugin, PluginStage.BEFORE_ROUTING, () -> plugin.plugin().beforeRouting(call), (verdict, error) -> {
                    if (verdict == null) {
                        failed(at, error);
                    } else {
                        take(at, verdict);
                    }
                });
    }

    private void failed(int at, @Nullable Throwable error) {
        if (left || stoppedBy != null) {
            route(null, null);
            return;
        }
        CallResult ending = log.failed(chain.get(at), PluginStage.BEFORE_ROUTING, PluggedReply.cause(error));
        if (ending == null) {
            ask(at + 1);
        } else {
            route(ending, null);
        }
    }

    private void take(int at, RequestVerdict verdict) {
        AttachedPlugin plugin = chain.get(at);
        switch (verdict) {
            case RequestVerdict.Go(String note) -> {
                if (note != null) {
                    log.add(plugin, PluginStage.BEFORE_ROUTING, PluginUse.Outcome.NOTED, note);
                }
                ask(at + 1);
            }
            case RequestVerdict.Change change -> {
                call.change(change);
                boolean same = call.command().payload() == asked.payload() && change.request() == null;
                log.add(
                        plugin,
                        PluginStage.BEFORE_ROUTING,
                        same && change.target() == null && change.options() == null
                                ? PluginUse.Outcome.NOTED
                                : PluginUse.Outcome.CHANGED,
                        change.what());
                ask(at + 1);
            }
            case RequestVerdict.Deny(String reason) ->
                route(log.denied(plugin, PluginStage.BEFORE_ROUTING, reason), null);
            case RequestVerdict.Answer answer -> {
                log.add(plugin, PluginStage.BEFORE_ROUTING, PluginUse.Outcome.ANSWERED, null);
                route(
                        new CallResult.Answered(
                                plugin.id(), PluginStage.BEFORE_ROUTING, answer.cached(), answer.usage()),
                        new PluggedReply.Given(at, answer));
            }
        }
    }

    /**
     * Now it is the driver's.
     *
     * @param ending what it comes to already; null: it is to be routed
     */
    private void route(@Nullable CallResult ending, PluggedReply.@Nullable Given given) {
        asking = null;
        CallResult result = ending;
        if (result == null) {
            readable();
        }
        CallCommand command = result == null ? call.command() : asked;
        if (command != asked) {
            try {
                routing.replan(planned, command);
            } catch (TierwayException nowhere) {
                result = unroutable(nowhere);
                command = asked;
            }
        }
        PluggedReply reply = new PluggedReply(call, caller, chain, runner, log, planned.features().stream());
        PluggedAttempts attempts = new PluggedAttempts(call, chain, runner, log, reply);
        CallDriver running = routing.driver(command, new CallParty(reply, executor, attempts, reply));
        driver = running;
        reply.drivenBy(running);
        running.request(demand);
        if (halted != null) {
            running.halt(halted);
        } else if (stoppedBy != null) {
            running.stop(stoppedBy);
        } else if (left) {
            running.leave();
        } else if (result != null) {
            if (given != null) {
                reply.answer(given);
            }
            running.overrule(result);
        } else {
            running.start();
        }
    }

    /** A plugin that reads answers gets them in neutral types, which only a request in them brings. */
    private void readable() {
        if (!(call.command().payload() instanceof Payload.Wire)) {
            return;
        }
        for (AttachedPlugin plugin : chain) {
            if (plugin.readsReplies()) {
                call.change(new RequestVerdict.Change(call.request(), null, null, Map.of(), ""));
                log.add(
                        plugin,
                        PluginStage.BEFORE_ROUTING,
                        PluginUse.Outcome.CHANGED,
                        "encoded anew, because it reads the answer");
                return;
            }
        }
    }

    private CallResult unroutable(TierwayException nowhere) {
        for (PluginUse use : log.uses().reversed()) {
            if (use.outcome() == PluginUse.Outcome.CHANGED) {
                return new CallResult.Denied(
                        use.plugin(),
                        use.stage(),
                        "it made a call of this that can't be routed: " + nowhere.getMessage());
            }
        }
        return new CallResult.InternalError(String.valueOf(nowhere.getMessage()));
    }

    @Override
    public String callId() {
        return planned.identity().callId();
    }

    @Override
    public @Nullable Ruling ruling() {
        CallDriver running = driver;
        return running == null ? planned.features().ask().ruling() : running.ruling();
    }

    @Override
    public void request(long events) {
        enter(() -> {
            if (driver == null) {
                demand = demand + events < 0 ? Long.MAX_VALUE : demand + events;
            } else {
                driver.request(events);
            }
        });
    }

    @Override
    public void leave() {
        enter(() -> {
            left = true;
            if (driver != null) {
                driver.leave();
            } else if (asking != null) {
                asking.abort();
            }
        });
    }

    @Override
    public void halt(String why) {
        enter(() -> {
            halted = why;
            left = true;
            if (driver != null) {
                driver.halt(why);
            } else if (asking != null) {
                asking.abort();
            }
        });
    }

    @Override
    public void stop(String by) {
        enter(() -> {
            stoppedBy = by;
            if (driver != null) {
                driver.stop(by);
            } else if (asking != null) {
                asking.abort();
            }
        });
    }

    private void enter(Runnable task) {
        if (executor.inside()) {
            task.run();
        } else {
            executor.execute(task);
        }
    }
}
