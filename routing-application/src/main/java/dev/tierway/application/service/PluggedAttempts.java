package dev.tierway.application.service;

import dev.tierway.application.plugin.AttachedPlugin;
import dev.tierway.application.plugin.PluginCall;
import dev.tierway.application.plugin.RequestVerdict;
import dev.tierway.application.port.out.AttemptHandle;
import dev.tierway.application.port.out.AttemptRequest;
import dev.tierway.application.port.out.Payload;
import dev.tierway.application.port.out.ProviderTransport;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.PluginStage;
import dev.tierway.domain.call.PluginUse;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.failure.Processed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks plugins about each attempt of one call before it is sent. */
final class PluggedAttempts implements CallParty.Opening {
    private final PluginCall call;
    private final List<AttachedPlugin> chain;
    private final PluginRunner runner;
    private final PluginLog log;
    private final PluggedReply reply;

    PluggedAttempts(
            PluginCall call, List<AttachedPlugin> chain, PluginRunner runner, PluginLog log, PluggedReply reply) {
        this.call = call;
        this.chain = chain;
        this.runner = runner;
        this.log = log;
        this.reply = reply;
    }

    @Override
    public AttemptHandle open(AttemptRequest request, AttemptRelay relay, ProviderTransport transport) {
        AttemptRequest first = call.headers().isEmpty() ? request : request.with(request.payload(), call.headers());
        if (chain.stream().noneMatch(plugin -> plugin.in(PluginStage.BEFORE_SEND))) {
            return transport.open(first, relay);
        }
        Waiting waiting = new Waiting(relay, transport, first);
        waiting.ask(0);
        return waiting;
    }

    /** An attempt plugins are still asked about. All on the call's executor. */
    private final class Waiting implements AttemptHandle {
        private final AttemptRelay relay;
        private final ProviderTransport transport;
        private AttemptRequest request;
        private PluginRunner.@Nullable Asking asking;
        private @Nullable AttemptHandle opened;
        private long wanted;
        private boolean over;

        Waiting(AttemptRelay relay, ProviderTransport transport, AttemptRequest request) {
            this.relay = relay;
            this.transport = transport;
            this.request = request;
        }

        void ask(int from) {
            int next = from;
            while (next < chain.size() && !chain.get(next).in(PluginStage.BEFORE_SEND)) {
                next++;
            }
            if (over) {
                return;
            }
            if (next == chain.size()) {
                send();
                return;
            }
            int at = next;
            AttachedPlugin plugin = chain.get(at);
            AttemptRequest shown = request;
            asking = runner.ask(
                    plugin,
                    PluginStage.BEFORE_SEND,
                    () -> plugin.plugin().beforeSend(call, shown),
                    (verdict, error) -> {
                        if (over) {
                            return;
                        }
                        if (verdict == null) {
                            failed(at, PluggedReply.cause(error));
                        } else {
                            take(at, verdict);
                        }
                    });
        }

        private void failed(int at, Throwable error) {
            CallResult ending = log.failed(chain.get(at), PluginStage.BEFORE_SEND, error);
            if (ending == null) {
                ask(at + 1);
            } else {
                reply.overrule(ending);
            }
        }

        private void take(int at, RequestVerdict verdict) {
            AttachedPlugin plugin = chain.get(at);
            switch (verdict) {
                case RequestVerdict.Go(String note) -> {
                    if (note != null) {
                        log.add(plugin, PluginStage.BEFORE_SEND, PluginUse.Outcome.NOTED, note);
                    }
                    ask(at + 1);
                }
                case RequestVerdict.Change change -> {
                    if (change.target() != null || change.options() != null) {
                        failed(at, new IllegalStateException("target and options are settled before an attempt"));
                        return;
                    }
                    Map<String, String> headers = new LinkedHashMap<>(request.headers());
                    headers.putAll(change.headers());
                    request = request.with(
                            change.request() == null ? request.payload() : new Payload.Neutral(change.request()),
                            headers);
                    log.add(
                            plugin,
                            PluginStage.BEFORE_SEND,
                            change.request() == null ? PluginUse.Outcome.NOTED : PluginUse.Outcome.CHANGED,
                            change.what());
                    ask(at + 1);
                }
                case RequestVerdict.Deny(String reason) ->
                    reply.overrule(log.denied(plugin, PluginStage.BEFORE_SEND, reason));
                case RequestVerdict.Answer answer -> answer(at, answer);
            }
        }

        private void answer(int at, RequestVerdict.Answer answer) {
            if (reply.begun()) {
                // Another attempt has been faster: this one is cancelled anyway.
                return;
            }
            AttachedPlugin plugin = chain.get(at);
            log.add(plugin, PluginStage.BEFORE_SEND, PluginUse.Outcome.ANSWERED, null);
            reply.answer(new PluggedReply.Given(at, answer));
            reply.overrule(
                    new CallResult.Answered(plugin.id(), PluginStage.BEFORE_SEND, answer.cached(), answer.usage()));
        }

        private void send() {
            over = true;
            opened = transport.open(request, relay);
            if (wanted > 0) {
                opened.request(wanted);
            }
        }

        @Override
        public void request(long events) {
            if (opened == null) {
                wanted += events;
            } else {
                opened.request(events);
            }
        }

        @Override
        public void cancel() {
            if (opened != null) {
                opened.cancel();
            } else if (!over) {
                over = true;
                if (asking != null) {
                    asking.abort();
                }
                relay.failed(Failure.of(FailureClass.CANCELLED, Processed.NO, "cancelled before it was sent"));
            }
        }
    }
}
