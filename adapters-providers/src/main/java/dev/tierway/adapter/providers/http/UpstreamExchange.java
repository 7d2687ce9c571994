package dev.tierway.adapter.providers.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.impl.HttpClientConnection;
import io.vertx.core.internal.buffer.BufferInternal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request and its reply. Used on the attempt's loop only; the listener is called there too. */
public final class UpstreamExchange {
    private static final Logger LOG = LoggerFactory.getLogger(UpstreamExchange.class);

    /** How long the end of a reply may take after its content was complete, before the connection is given up. */
    private static final long LINGER_MILLIS = 1_000;

    private static final long HTTP2_CANCEL = 0x8;

    /** Hears sent, head, body, then one of ended and broken; nothing after {@link #abort} or {@link #complete}. */
    public interface Listener {
        /** The connection stands and the request begins to leave. */
        void sent();

        void head(UpstreamHead head);

        void body(byte[] bytes);

        void ended();

        void broken(Throwable cause);
    }

    private final Vertx vertx;
    private final UpstreamClients clients;
    private final Listener listener;
    private @Nullable HttpClientRequest request;
    private @Nullable HttpClientResponse response;
    private boolean written;
    private boolean deaf;
    private boolean over;
    private boolean paused;
    private boolean draining;
    private long linger = -1;

    public UpstreamExchange(Vertx vertx, UpstreamClients clients, Listener listener) {
        this.vertx = vertx;
        this.clients = clients;
        this.listener = listener;
    }

    public void start(RequestOptions options, byte[] body) {
        try {
            clients.ofThisLoop().request(options).onComplete(connected -> connected(connected, body), this::broken);
        } catch (IllegalStateException closed) {
            broken(closed);
        }
    }

    /** Stops reading; what has been read already still comes. */
    public void pause() {
        HttpClientResponse current = response;
        if (current != null && !paused && !draining) {
            paused = true;
            current.pause();
        }
    }

    public boolean isPaused() {
        return paused;
    }

    public void resume() {
        HttpClientResponse current = response;
        if (current != null && paused) {
            paused = false;
            current.resume();
        }
    }

    /** Closes the connection at once; the listener hears nothing more. */
    public void abort() {
        deaf = true;
        HttpClientRequest current = request;
        if (current != null && !over) {
            over = true;
            close(current);
        }
    }

    /** The content is complete: hears nothing more, and keeps the connection if the reply ends soon. */
    public void complete() {
        deaf = true;
        HttpClientRequest current = request;
        if (current != null && !over) {
            resume();
            linger = vertx.setTimer(LINGER_MILLIS, id -> abort());
        }
    }

    private void connected(HttpClientRequest ready, byte[] body) {
        request = ready;
        // The response's future tells the same; without a handler Vert.x would log it as an error of ours.
        ready.exceptionHandler(broken -> LOG.debug("upstream request broke", broken));
        if (deaf) {
            // The attempt ended while the connection was made: nothing has been sent, the pool may keep it.
            over = true;
            ready.reset(HTTP2_CANCEL);
            return;
        }
        listener.sent();
        if (!deaf) {
            ready.response().onComplete(this::answered, this::broken);
            ready.end(BufferInternal.buffer(Unpooled.wrappedBuffer(body))).onSuccess(nothing -> written = true);
        }
    }

    private void answered(HttpClientResponse answer) {
        if (deaf) {
            return;
        }
        response = answer;
        answer.handler(this::body);
        answer.endHandler(nothing -> ended());
        answer.exceptionHandler(this::broken);
        listener.head(new UpstreamHead(answer.statusCode(), answer.headers()));
    }

    private void body(Buffer bytes) {
        if (!deaf) {
            listener.body(bytes.getBytes());
        }
    }

    private void ended() {
        closed();
        if (!written && request != null) {
            // Answered during the upload: the rest of it would stand before the connection's next request.
            close(request);
        }
        if (!deaf) {
            deaf = true;
            listener.ended();
        }
    }

    private void broken(Throwable cause) {
        if (paused && !deaf) {
            // Vert.x tells of a broken connection before it hands out what it read from it while paused.
            draining = true;
            resume();
            vertx.runOnContext(nothing -> broken(cause));
            return;
        }
        closed();
        if (!deaf) {
            deaf = true;
            listener.broken(cause);
        }
    }

    private void closed() {
        over = true;
        if (linger >= 0) {
            vertx.cancelTimer(linger);
        }
    }

    /**
     * A reset closes an HTTP/1.1 connection only after everything written has left, which never happens while a vendor
     * reads no more of a long request: so the channel is closed too.
     */
    private static void close(HttpClientRequest request) {
        HttpConnection connection = request.connection();
        request.reset(HTTP2_CANCEL);
        if (connection instanceof HttpClientConnection http1) {
            ChannelHandlerContext channel = http1.channelHandlerContext();
            channel.close().addListener(done -> LOG.debug("upstream connection closed: {}", done.isSuccess()));
        }
    }
}
