package dev.tierway.adapter.http;

import dev.tierway.adapter.http.openai.ChunkEncoder;
import dev.tierway.adapter.http.openai.ServerSentEvents;
import dev.tierway.adapter.http.server.ErrorReply;
import dev.tierway.adapter.http.server.Exchange;
import dev.tierway.adapter.http.server.ResponseWriter;
import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.error.Errors;
import dev.tierway.application.port.in.CallHandle;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.Selection;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers with a stream of server-sent events, as fast as the client reads: events are asked for only while the client
 * keeps up.
 */
final class StreamReply implements CallReply {
    /** Events under way at most: enough to keep a fast client busy, little to keep for a slow one. */
    private static final int WINDOW = 32;

    private static final String EVENT_STREAM = "text/event-stream";

    private final Exchange exchange;
    private final ResponseWriter writer;
    private final StreamTail tail;
    private final long createdEpochSeconds;
    private @Nullable CallHandle handle;
    private @Nullable Begun begun;
    private @Nullable ChunkEncoder encoder;
    private int underWay;
    private boolean headSent;
    private boolean ended;
    private long wroteNanos;

    StreamReply(Exchange exchange, ChatCall call, long createdEpochSeconds) {
        this.exchange = exchange;
        this.writer = exchange.writer();
        this.tail = new StreamTail(
                call.chat().usageAsked(), call.command().options().explain(), this::write);
        this.createdEpochSeconds = createdEpochSeconds;
    }

    @Override
    public void started(CallHandle newHandle) {
        handle = newHandle;
        if (!ended) {
            wroteNanos = exchange.nowNanos();
            exchange.onTick(this::keepAlive);
            writer.onDrain(this::askForMore);
            askForMore();
        }
    }

    @Override
    public void begin(Begun newBegun) {
        begun = newBegun;
        encoder = new ChunkEncoder(
                "chatcmpl-" + newBegun.callId(), newBegun.replica().model().value(), createdEpochSeconds);
        if (headSent) {
            tail.headersWereEarly();
            return;
        }
        MultiMap headers = head(newBegun.callId());
        ReplyHeaders.replica(headers, newBegun.replica());
        ReplyHeaders.attempts(headers, newBegun.attempts());
        RateHeaders.write(headers, newBegun.limits());
        ReplyHeaders.ruling(headers, newBegun.ruling());
        List<String> warnings = new ArrayList<>(exchange.warnings());
        warnings.addAll(newBegun.warnings());
        ReplyHeaders.warnings(headers, warnings);
    }

    @Override
    public void event(ReplyEvent event) {
        underWay--;
        switch (event) {
            case ReplyEvent.Frame frame -> tail.take(frame.bytes(), frame.kind());
            case ReplyEvent.Piece piece -> tail.take(encoder().encode(piece.event()), kind(piece.event()));
            case ReplyEvent.Whole whole -> throw new IllegalStateException("a whole reply in a stream");
        }
        askForMore();
    }

    @Override
    public void end(Selection selection) {
        exchange.guarded(() -> ended(selection));
    }

    private void ended(Selection selection) {
        ended = true;
        if (selection.result() instanceof CallResult.Delivered delivered) {
            tail.finish(delivered, selection, begun(), encoder());
            write(ServerSentEvents.done());
            exchange.end();
        } else if (selection.result() instanceof CallResult.ClientGone) {
            exchange.abandoned();
        } else {
            fail(selection);
        }
    }

    /** Before the head an error is an answer like any other; after it, the stream's last event. */
    private void fail(Selection selection) {
        ErrorReply error = ErrorReply.of(Errors.of(selection));
        if (headSent) {
            tail.release();
            exchange.breakOff(ServerSentEvents.data(error.json()));
            return;
        }
        MultiMap headers = exchange.request().response().headers();
        ReplyHeaders.decision(headers, selection.identity().callId());
        ReplyHeaders.attempts(headers, selection.attempts());
        RateHeaders.denied(headers, selection);
        ReplyHeaders.ruling(headers, selection.features().ask().ruling());
        ReplyHeaders.warnings(headers, exchange.warnings());
        exchange.fail(error);
    }

    private MultiMap head(String callId) {
        headSent = true;
        MultiMap headers = exchange.head(200, EVENT_STREAM).setChunked(true).headers();
        headers.set(HttpHeaders.CACHE_CONTROL, "no-cache");
        ReplyHeaders.decision(headers, callId);
        return headers;
    }

    private void write(byte[] event) {
        wroteNanos = exchange.nowNanos();
        writer.write(event);
    }

    private void askForMore() {
        if (handle != null && !ended && underWay <= WINDOW / 2 && !writer.full()) {
            int more = WINDOW - underWay;
            underWay = WINDOW;
            handle.request(more);
        }
    }

    /** A comment now and then tells proxies and clients that the silence isn't the end. It commits nothing. */
    private void keepAlive(long nowNanos) {
        if (handle != null
                && nowNanos - wroteNanos > exchange.limits().keepAlive().toNanos()
                && !writer.full()) {
            if (!headSent) {
                MultiMap headers = head(handle.callId());
                ReplyHeaders.ruling(headers, handle.ruling());
                ReplyHeaders.warnings(headers, exchange.warnings());
            }
            write(ServerSentEvents.keepAlive());
        }
    }

    private static ReplyEvent.Frame.Kind kind(ChatEvent event) {
        if (event instanceof ChatEvent.Usage) {
            return ReplyEvent.Frame.Kind.USAGE;
        }
        return event.semantic() ? ReplyEvent.Frame.Kind.SEMANTIC : ReplyEvent.Frame.Kind.PREAMBLE;
    }

    private Begun begun() {
        if (begun == null) {
            throw new IllegalStateException("a stream without a beginning");
        }
        return begun;
    }

    private ChunkEncoder encoder() {
        if (encoder == null) {
            throw new IllegalStateException("a stream without a beginning");
        }
        return encoder;
    }
}
