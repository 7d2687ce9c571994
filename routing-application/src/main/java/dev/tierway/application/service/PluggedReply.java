package dev.tierway.application.service;

import dev.tierway.application.plugin.AttachedPlugin;
import dev.tierway.application.plugin.EventVerdict;
import dev.tierway.application.plugin.PluginCall;
import dev.tierway.application.plugin.RequestVerdict;
import dev.tierway.application.port.in.ReplySink;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.application.port.out.ReplyHead;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.PluginStage;
import dev.tierway.domain.call.PluginUse;
import dev.tierway.domain.call.Selection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a call and its caller: every event passes the plugins, from the last to the first, before the caller hears
 * it, and the end waits until all events have passed. All on the call's executor.
 */
final class PluggedReply implements ReplySink, CallParty.Finale {
    private final PluginCall call;
    private final ReplySink caller;
    private final List<AttachedPlugin> chain;
    private final PluginRunner runner;
    private final PluginLog log;
    private final boolean stream;
    private final Deque<Passing> passing = new ArrayDeque<>();
    /** Plugins from here on, counted from the first, have no part in the answer. */
    private int outer;

    private @Nullable CallDriver driver;
    private @Nullable ReplyEvent whole;
    private @Nullable PluggedEnd end;
    private CallResult.@Nullable Denied denied;
    private boolean begun;
    private boolean asking;
    private boolean pumping;

    /** An event, and the plugin it comes to next. */
    private record Passing(ReplyEvent event, int next) {}

    /** An answer that the plugin at that place gave. */
    record Given(int by, RequestVerdict.Answer answer) {}

    PluggedReply(
            PluginCall call,
            ReplySink caller,
            List<AttachedPlugin> chain,
            PluginRunner runner,
            PluginLog log,
            boolean stream) {
        this.call = call;
        this.caller = caller;
        this.chain = chain;
        this.runner = runner;
        this.log = log;
        this.stream = stream;
        this.outer = chain.size();
    }

    void drivenBy(CallDriver newDriver) {
        driver = newDriver;
    }

    boolean begun() {
        return begun;
    }

    static Throwable cause(@Nullable Throwable error) {
        return error == null ? new IllegalStateException("no verdict") : error;
    }

    /** The call ends so, whatever it is doing. */
    void overrule(CallResult result) {
        driver().overrule(result);
    }

    /** A plugin answers: its answer passes the plugins before it. */
    void answer(Given given) {
        outer = given.by();
        boolean cached = given.answer().cached();
        begin(new Begun(
                call.callId(),
                null,
                0,
                List.of(),
                List.of(),
                new ReplyHead(200, Map.of()),
                driver().ruling(),
                cached ? Boolean.TRUE : null));
        given.answer().events(stream).forEach(this::event);
    }

    @Override
    public void begin(Begun news) {
        begun = true;
        List<String> warnings = new ArrayList<>(news.warnings());
        warnings.addAll(log.warnings());
        Boolean cached = (news.cached() == null && call.isCacheMissed()) ? Boolean.FALSE : news.cached();
        caller.begin(new Begun(
                news.callId(),
                news.replica(),
                news.attempts(),
                warnings,
                news.limits(),
                news.head(),
                news.ruling(),
                cached));
    }

    @Override
    public void event(ReplyEvent event) {
        if (denied != null) {
            return;
        }
        if (stream) {
            passing.add(new Passing(event, outer - 1));
            pump();
        } else {
            whole = event;
        }
    }

    /** As far as it goes without waiting. */
    private void pump() {
        if (pumping) {
            return;
        }
        pumping = true;
        try {
            while (!asking && !passing.isEmpty()) {
                pass(passing.remove());
            }
        } finally {
            pumping = false;
        }
        PluggedEnd due = end;
        if (!asking && due != null) {
            due.begin(denied, whole);
        }
    }

    private void pass(Passing one) {
        int at = one.next();
        while (at >= 0 && !chain.get(at).in(PluginStage.ON_EVENT)) {
            at--;
        }
        if (at < 0) {
            hand(one.event());
            return;
        }
        int here = at;
        AttachedPlugin plugin = chain.get(here);
        asking = true;
        runner.ask(plugin, PluginStage.ON_EVENT, () -> plugin.plugin().onEvent(call, one.event()), (verdict, error) -> {
            asking = false;
            if (denied == null) {
                take(here, one.event(), verdict, error);
            }
            pump();
        });
    }

    private void take(int at, ReplyEvent event, @Nullable EventVerdict verdict, @Nullable Throwable error) {
        AttachedPlugin plugin = chain.get(at);
        switch (verdict) {
            case null -> {
                CallResult.Denied ending = log.failed(plugin, PluginStage.ON_EVENT, cause(error));
                if (ending == null) {
                    passing.addFirst(new Passing(event, at - 1));
                } else {
                    cut(ending);
                }
            }
            case EventVerdict.Keep keep -> passing.addFirst(new Passing(event, at - 1));
            case EventVerdict.Deny(String reason) -> cut(log.denied(plugin, PluginStage.ON_EVENT, reason));
            case EventVerdict.Replace(List<ReplyEvent> events) -> {
                log.add(plugin, PluginStage.ON_EVENT, PluginUse.Outcome.CHANGED, null);
                events.reversed().forEach(other -> passing.addFirst(new Passing(other, at - 1)));
                if (events.isEmpty()) {
                    // The caller asked for an event and won't get this one.
                    driver().request(1);
                }
            }
        }
    }

    /** Nothing more reaches the caller. */
    private void cut(CallResult.Denied ending) {
        denied = ending;
        passing.clear();
        overrule(ending);
    }

    private void hand(ReplyEvent event) {
        try {
            caller.event(event);
        } catch (RuntimeException broken) {
            driver().callerBroken(broken);
        }
    }

    @Override
    public Selection judged(Selection selection) {
        return caller.judged(selection);
    }

    /** The last word, after {@link #end(Selection, Consumer)}. */
    @Override
    public void end(Selection selection) {
        caller.end(selection);
    }

    @Override
    public void end(Selection selection, Consumer<Selection> told) {
        if (selection.result() instanceof CallResult.ClientGone) {
            passing.clear();
        }
        end = new PluggedEnd(call, chain.subList(0, outer), chain, runner, log, selection, (last, answer) -> {
            if (answer != null) {
                hand(answer);
            }
            told.accept(last);
        });
        pump();
    }

    private CallDriver driver() {
        return Objects.requireNonNull(driver, "a reply before its call");
    }
}
