package dev.tierway.adapter.http;

import dev.tierway.adapter.http.server.ErrorReply;
import dev.tierway.adapter.http.server.Exchange;
import dev.tierway.adapter.http.wire.ObjectSplice;
import dev.tierway.application.access.KeyScope;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.EmbeddingResponse;
import dev.tierway.application.chat.NeutralReply;
import dev.tierway.application.error.Errors;
import dev.tierway.application.error.TierwayException;
import dev.tierway.application.explain.DecisionExplainer;
import dev.tierway.application.port.in.CallHandle;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.Selection;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers with one whole body, once the call is over and everything about it is known. */
final class UnaryReply implements CallReply {
    private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.US_ASCII);

    private final Exchange exchange;
    private final ApiCall call;
    private @Nullable CallHandle handle;
    private @Nullable Begun begun;
    private byte @Nullable [] body;

    UnaryReply(Exchange exchange, ApiCall call) {
        this.exchange = exchange;
        this.call = call;
    }

    @Override
    public void started(CallHandle newHandle) {
        // A whole body comes without being asked for.
        handle = newHandle;
    }

    @Override
    public void begin(Begun newBegun) {
        begun = newBegun;
    }

    @Override
    public void event(ReplyEvent event) {
        switch (event) {
            case ReplyEvent.Frame frame -> body = frame.bytes();
            case ReplyEvent.Whole whole -> body = body(whole.reply());
            case ReplyEvent.Piece piece -> throw new IllegalStateException("a piece of a stream in a unary reply");
        }
    }

    private byte[] body(NeutralReply reply) {
        return switch (reply) {
            case ChatResponse chat -> call.format().whole(call.asked(), chat);
            case EmbeddingResponse embeddings -> call.format().embeddings(call.asked(), embeddings);
        };
    }

    @Override
    public void refused(TierwayException why) {
        exchange.guarded(() -> exchange.fail(ErrorReply.of(why)));
    }

    @Override
    public void end(Selection selection) {
        exchange.guarded(() -> ended(selection));
    }

    private void ended(Selection selection) {
        if (selection.result() instanceof CallResult.Answer delivered) {
            deliver(delivered, selection);
        } else if (selection.result() instanceof CallResult.ClientGone) {
            exchange.abandoned();
        } else {
            refuse(selection);
        }
    }

    private void deliver(CallResult.Answer delivered, Selection selection) {
        if (begun == null || body == null) {
            exchange.fail(new IllegalStateException(
                    "a call delivered nothing: " + selection.identity().callId()));
            return;
        }
        MultiMap headers = exchange.head(200, "application/json").headers();
        ReplyHeaders.replayed(headers, handle);
        ReplyHeaders.decision(headers, begun.callId());
        boolean fleet = exchange.caller().may(KeyScope.EXPLAIN);
        ReplyHeaders.replica(headers, begun.replica(), fleet);
        if (fleet) {
            ReplyHeaders.cost(headers, delivered.cost());
        }
        ReplyHeaders.cache(headers, begun.cached());
        ReplyHeaders.attempts(headers, selection.attempts());
        RateHeaders.write(headers, begun.limits());
        ReplyHeaders.ruling(headers, selection.features().ask().ruling());
        Set<String> warnings = new LinkedHashSet<>(exchange.warnings());
        warnings.addAll(begun.warnings());
        warnings.addAll(selection.warnings());
        ReplyHeaders.warnings(headers, warnings);
        exchange.send(explained(body, selection));
    }

    private byte[] explained(byte[] json, Selection selection) {
        if (!call.command().options().explain()) {
            return json;
        }
        byte[] member = ObjectSplice.append(EMPTY, "selection", DecisionExplainer.json(selection));
        return ObjectSplice.append(json, "tierway", member);
    }

    private void refuse(Selection selection) {
        MultiMap headers = exchange.request().response().headers();
        ReplyHeaders.replayed(headers, handle);
        ReplyHeaders.decision(headers, selection.identity().callId());
        ReplyHeaders.attempts(headers, selection.attempts());
        RateHeaders.denied(headers, selection);
        ReplyHeaders.ruling(headers, selection.features().ask().ruling());
        ReplyHeaders.warnings(headers, exchange.warnings());
        exchange.fail(ErrorReply.of(Errors.of(selection)));
    }
}
