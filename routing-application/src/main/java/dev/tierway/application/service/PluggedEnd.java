package dev.tierway.application.service;

import dev.tierway.application.plugin.AttachedPlugin;
import dev.tierway.application.plugin.FinishedReply;
import dev.tierway.application.plugin.PluginCall;
import dev.tierway.application.plugin.ReplyVerdict;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.PluginStage;
import dev.tierway.domain.call.PluginUse;
import dev.tierway.domain.call.Selection;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The end of a call, as plugins hear of it before anybody else: the answer is complete, or the call has failed. */
final class PluggedEnd {
    private final PluginCall call;
    private final List<AttachedPlugin> answerers;
    private final List<AttachedPlugin> all;
    private final PluginRunner runner;
    private final PluginLog log;
    private final Selection selection;
    private final BiConsumer<Selection, @Nullable ReplyEvent> then;
    private @Nullable CallResult result;
    private @Nullable ReplyEvent whole;
    private boolean begun;

    /**
     * @param answerers those the answer passes
     * @param then hears what the call came to, and a unary answer if it has one
     */
    PluggedEnd(
            PluginCall call,
            List<AttachedPlugin> answerers,
            List<AttachedPlugin> all,
            PluginRunner runner,
            PluginLog log,
            Selection selection,
            BiConsumer<Selection, @Nullable ReplyEvent> then) {
        this.call = call;
        this.answerers = answerers;
        this.all = all;
        this.runner = runner;
        this.log = log;
        this.selection = selection;
        this.then = then;
    }

    /** @param denied by a plugin after the routing was over; null if none did */
    void begin(CallResult.@Nullable Denied denied, @Nullable ReplyEvent answer) {
        if (begun) {
            return;
        }
        begun = true;
        result = denied == null ? selection.result() : denied;
        whole = answer;
        if (result instanceof CallResult.Answer) {
            review(answerers.size() - 1);
        } else {
            lament(0);
        }
    }

    private void review(int from) {
        int at = from;
        while (at >= 0 && !answerers.get(at).in(PluginStage.AFTER_REPLY)) {
            at--;
        }
        if (at < 0) {
            then.accept(selection.after(log.uses(), result), whole);
            return;
        }
        int here = at;
        AttachedPlugin plugin = answerers.get(here);
        FinishedReply reply = new FinishedReply(whole, selection);
        runner.ask(plugin, PluginStage.AFTER_REPLY, () -> plugin.plugin().afterReply(call, reply), (verdict, error) -> {
            CallResult ending = verdict == null
                    ? log.failed(plugin, PluginStage.AFTER_REPLY, PluggedReply.cause(error))
                    : take(plugin, verdict);
            if (ending == null) {
                review(here - 1);
            } else {
                result = ending;
                lament(0);
            }
        });
    }

    private @Nullable CallResult take(AttachedPlugin plugin, ReplyVerdict verdict) {
        return switch (verdict) {
            case ReplyVerdict.Keep keep -> null;
            case ReplyVerdict.Deny(String reason) -> log.denied(plugin, PluginStage.AFTER_REPLY, reason);
            case ReplyVerdict.Replace(var reply, String what) -> {
                if (whole == null) {
                    yield log.failed(
                            plugin,
                            PluginStage.AFTER_REPLY,
                            new IllegalStateException("a stream that has gone can't be replaced; use on-event"));
                }
                whole = new ReplyEvent.Whole(reply);
                log.add(plugin, PluginStage.AFTER_REPLY, PluginUse.Outcome.CHANGED, what);
                yield null;
            }
        };
    }

    private void lament(int from) {
        int at = from;
        while (at < all.size() && !all.get(at).in(PluginStage.ON_FAILURE)) {
            at++;
        }
        Selection known = selection.after(log.uses(), result);
        if (at == all.size()) {
            then.accept(known, null);
            return;
        }
        int here = at;
        AttachedPlugin plugin = all.get(here);
        runner.ask(
                plugin,
                PluginStage.ON_FAILURE,
                () -> {
                    plugin.plugin().onFailure(call, known);
                    return Boolean.TRUE;
                },
                (done, error) -> {
                    if (error != null) {
                        // It has failed already: on-error has nothing to decide.
                        log.failed(plugin, PluginStage.ON_FAILURE, error);
                    }
                    lament(here + 1);
                });
    }
}
