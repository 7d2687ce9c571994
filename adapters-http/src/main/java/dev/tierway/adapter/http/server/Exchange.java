package dev.tierway.adapter.http.server;

import dev.tierway.application.access.Caller;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request and its response, on one event loop, until the client took the answer or left. */
public final class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("x-request-id");
    private static final CharSequence VIA = HttpHeaders.createOptimized("via");
    private static final CharSequence VIA_TIERWAY = HttpHeaders.createOptimized("1.1 tierway");

    private final HttpServerRequest request;
    private final ListenerContext listener;
    private final ClientConnection connection;
    private final Context context;
    private final ResponseWriter writer;
    private final Presence client;
    private final String requestId;
    private final List<String> warnings = new ArrayList<>(0);
    private String pathRest = "";
    private Caller caller = Caller.ANYONE;
    private ErrorShape errorShape = ErrorShape.OPENAI;
    private boolean bodyUnread;
    private boolean closeAnnounced;

    Exchange(HttpServerRequest request, ListenerContext listener, ClientConnection connection, Context context) {
        this.request = request;
        this.listener = listener;
        this.connection = connection;
        this.context = context;
        this.writer = new ResponseWriter(request.response(), context, listener.clock()::nanos);
        String given = request.getHeader(REQUEST_ID);
        this.requestId = RequestIds.of(given, listener.entropy());
        if (given != null && !given.equals(requestId)) {
            warn("x-request-id not used: 1 to 128 of A-Z a-z 0-9 . _ - are");
        }
        this.bodyUnread = declaresBody(request);
        this.client = new Presence(request, listener, connection, writer);
    }

    private static boolean declaresBody(HttpServerRequest head) {
        String length = head.getHeader(HttpHeaders.CONTENT_LENGTH);
        return head.headers().contains(HttpHeaders.TRANSFER_ENCODING) || (length != null && !length.equals("0"));
    }

    public HttpServerRequest request() {
        return request;
    }

    public String requestId() {
        return requestId;
    }

    /** Who asks. */
    public Caller caller() {
        return caller;
    }

    public void caller(Caller found) {
        caller = found;
    }

    /** What followed the endpoint's path, decoded; empty if it takes none. */
    public String pathRest() {
        return pathRest;
    }

    void pathRest(String decoded) {
        pathRest = decoded;
    }

    /** How this request's client expects errors. */
    void errorShape(ErrorShape shape) {
        errorShape = shape;
    }

    public ResponseWriter writer() {
        return writer;
    }

    /** The event loop this lives on. */
    public Context context() {
        return context;
    }

    public HttpLimits limits() {
        return listener.limits();
    }

    public long nowNanos() {
        return listener.clock().nanos();
    }

    /** Tells the client, in a header of the answer, about something it may not have expected. */
    public void warn(String warning) {
        warnings.add(warning);
    }

    public List<String> warnings() {
        return warnings;
    }

    /** Runs once, if the client leaves before all of the answer is written. */
    public void onLeft(Runnable action) {
        client.onLeft(action);
    }

    /** Runs every now and then, with the monotonic time. */
    public void onTick(LongConsumer action) {
        client.onTick(action);
    }

    /** Reads the body, then goes on with it; what goes wrong is answered. */
    public void readBody(Consumer<byte[]> next) {
        readBody(limits().maxBodyBytes(), next);
    }

    /** As {@link #readBody(Consumer)}, for bodies that are never large. */
    public void readBody(int maxBytes, Consumer<byte[]> next) {
        long deadline = nowNanos() + limits().bodyTimeout().toNanos();
        onTick(now -> {
            if (now > deadline) {
                fail(HttpProblem.of(408, "request_timeout", "The body took too long to arrive."));
            }
        });
        BodyReader.read(
                request,
                Math.min(maxBytes, limits().maxBodyBytes()),
                body -> guarded(() -> bodyRead(body, next)),
                this::fail);
    }

    private void bodyRead(byte[] body, Consumer<byte[]> next) {
        bodyUnread = false;
        if (client.waiting()) {
            client.onTick(now -> {});
            next.accept(body);
        }
    }

    /** Runs a step of the request; what it throws is answered. */
    public void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    /** Sets status and the headers every answer has; the body follows through {@link #writer()} or {@link #send}. */
    public HttpServerResponse head(int status, String contentType) {
        HttpServerResponse response = request.response().setStatusCode(status);
        response.putHeader(HttpHeaders.CONTENT_TYPE, contentType);
        response.putHeader(REQUEST_ID, requestId);
        response.putHeader(VIA, VIA_TIERWAY);
        if (!client.http2() && (bodyUnread || listener.draining().begun())) {
            closeAnnounced = true;
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        return response;
    }

    /** Answers with a JSON document. */
    public void json(int status, Object document) {
        head(status, "application/json");
        send(Json.bytes(document));
    }

    /** Answers with a JSON document that is written already. */
    public void json(int status, byte[] document) {
        head(status, "application/json");
        send(document);
    }

    /** Answers with an error, if it still can. */
    public void fail(Throwable problem) {
        if (client.waiting() && !request.response().headWritten()) {
            ErrorReply error = ErrorReply.of(problem, requestId);
            LOG.atInfo()
                    .addKeyValue("request_id", requestId)
                    .addKeyValue("method", request.method().name())
                    .addKeyValue("path", request.path())
                    .addKeyValue("status", error.status())
                    .addKeyValue("code", error.code())
                    .log("answered with an error");
            fail(error);
            return;
        }
        LOG.atWarn().addKeyValue("request_id", requestId).setCause(problem).log("failed too late to be told");
        if (client.waiting()) {
            client.giveUp();
        }
    }

    /** The call was ended as if the client had left. If it hasn't, something here broke, and it must be told. */
    public void abandoned() {
        if (client.waiting()) {
            fail(new IllegalStateException("the reply couldn't be written"));
        }
    }

    /** Answers with that error, which whoever made it has logged; nothing of an answer has been written. */
    public void fail(ErrorReply error) {
        error.putHeaders(head(error.status(), "application/json").headers());
        send(errorShape.json(error, requestId));
    }

    /** Writes the whole body and finishes; the head has been set. */
    public void send(byte[] body) {
        client.answered();
        request.response().putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length));
        boolean headOnly = request.method().equals(HttpMethod.HEAD);
        finishing(headOnly ? writer.end() : writer.send(body));
    }

    /** Ends a streamed answer. */
    public void end() {
        client.answered();
        finishing(writer.end());
    }

    /**
     * Ends a streamed answer that broke. With HTTP/1 the connection goes without the mark that ends a chunked body, so
     * that nobody takes it for whole, or for one to send another request on.
     */
    public void breakOff(byte[] lastEvent) {
        writer.write(lastEvent);
        if (client.http2()) {
            end();
        } else {
            closeAnnounced = true;
            client.answered();
            finishing(writer.flushed());
        }
    }

    /** A connection is only closed if the client was told: it may be sending its next request. */
    private void finishing(Future<Void> written) {
        written.onComplete(done -> {
            client.finished();
            if (closeAnnounced && bodyUnread) {
                connection.closeSoon(nowNanos());
            } else if (closeAnnounced) {
                connection.close();
            }
        });
    }
}
