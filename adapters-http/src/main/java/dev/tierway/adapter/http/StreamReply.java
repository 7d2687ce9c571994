package dev.tierway.adapter.http;

import dev.tierway.adapter.http.server.ErrorReply;
import dev.tierway.adapter.http.server.Exchange;
import dev.tierway.adapter.http.server.ResponseWriter;
import dev.tierway.adapter.http.wire.ReplyStream;
import dev.tierway.adapter.http.wire.Told;
import dev.tierway.application.access.KeyScope;
import dev.tierway.application.error.Errors;
import dev.tierway.application.error.TierwayException;
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
    private final ReplyStream stream;
    private @Nullable CallHandle handle;
    private int underWay;
    private boolean headSent;
    private boolean ended;
    private long wroteNanos;

    StreamReply(Exchange exchange, ApiCall call, long nowEpochSeconds) {
        this.exchange = exchange;
        this.writer = exchange.writer();
        Told told =
                new Told(call.command().options().explain(), exchange.caller().may(KeyScope.EXPLAIN));
        this.stream = call.format().stream(call.asked(), told, nowEpochSeconds, this::write);
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
    public void begin(Begun begun) {
        stream.begin(begun, headSent);
        if (headSent) {
            return;
        }
        MultiMap headers = head(begun.callId());
        ReplyHeaders.replica(headers, begun.replica(), exchange.caller().may(KeyScope.EXPLAIN));
        ReplyHeaders.cache(headers, begun.cached());
        ReplyHeaders.attempts(headers, begun.attempts());
        RateHeaders.write(headers, begun.limits());
        ReplyHeaders.ruling(headers, begun.ruling());
        List<String> warnings = new ArrayList<>(exchange.warnings());
        warnings.addAll(begun.warnings());
        ReplyHeaders.warnings(headers, warnings);
    }

    @Override
    public void event(ReplyEvent event) {
        underWay--;
        stream.event(event);
        askForMore();
    }

    @Override
    public void refused(TierwayException why) {
        exchange.guarded(() -> {
            ended = true;
            if (headSent) {
                exchange.breakOff(stream.broken(ErrorReply.of(why), exchange.requestId()));
            } else {
                exchange.fail(ErrorReply.of(why));
            }
        });
    }

    @Override
    public void end(Selection selection) {
        exchange.guarded(() -> ended(selection));
    }

    private void ended(Selection selection) {
        ended = true;
        if (selection.result() instanceof CallResult.Answer delivered) {
            stream.finish(delivered, selection);
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
            exchange.breakOff(stream.broken(error, exchange.requestId()));
            return;
        }
        MultiMap headers = exchange.request().response().headers();
        ReplyHeaders.replayed(headers, handle);
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
        ReplyHeaders.replayed(headers, handle);
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
            write(stream.keepAlive());
        }
    }
}
