package dev.tierway.adapter.http.server;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A server's share of one event loop: its connections, and who answers what comes on them. */
final class ListenerVerticle extends VerticleBase {
    private final SocketAddress address;
    private final HttpServerOptions options;
    private final ListenerContext listener;
    private final RouteTable routes;
    private final Admission admission;
    private final Connections connections;
    private final Consumer<HttpServer> listens;

    ListenerVerticle(
            SocketAddress address,
            HttpServerOptions options,
            ListenerContext listener,
            RouteTable routes,
            Admission admission,
            AtomicInteger openOnAllLoops,
            Consumer<HttpServer> listens) {
        this.address = address;
        this.options = options;
        this.listener = listener;
        this.routes = routes;
        this.admission = admission;
        this.connections = new Connections(listener, openOnAllLoops);
        this.listens = listens;
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(listener.limits().sweepMillis(), tick -> connections.sweep());
        HttpServer server = vertx.createHttpServer(options);
        return server.connectionHandler(connections::opened)
                .requestHandler(this::handle)
                .invalidRequestHandler(this::refuse)
                .listen(address)
                .onSuccess(listens::accept);
    }

    /** The server itself is closed by Vert.x, which would wait for clients that take nothing. */
    @Override
    public Future<?> stop() {
        connections.abort();
        return Future.succeededFuture();
    }

    private void handle(HttpServerRequest request) {
        ClientConnection connection = connections.of(request.connection());
        if (connection == null) {
            request.connection().close();
            return;
        }
        if (hasUnknownEnd(request.headers().getAll(HttpHeaders.TRANSFER_ENCODING))) {
            // What follows may be its body or another request: none of it is looked at.
            connections.condemn(request.connection());
            refuse(request);
            return;
        }
        Exchange exchange = new Exchange(request, listener, connection, vertx.getOrCreateContext());
        exchange.guarded(() -> route(exchange));
    }

    /** A body whose end can't be told (RFC 9112, 6.3): it isn't only {@code chunked}. */
    private static boolean hasUnknownEnd(List<String> encodings) {
        return !encodings.isEmpty()
                && (encodings.size() > 1 || !encodings.getFirst().equalsIgnoreCase("chunked"));
    }

    private void route(Exchange exchange) {
        HttpServerRequest request = exchange.request();
        exchange.errorShape(routes.errors(request.path()));
        if (request.version() == HttpVersion.HTTP_1_1 && !request.headers().contains(HttpHeaders.HOST)) {
            throw HttpProblem.of(400, "invalid_request", "HTTP/1.1 requests need a host header.");
        }
        admission.admit(exchange, routes.open(request.path()));
        Endpoint endpoint = routes.find(request.method(), request.path());
        if (listener.draining().begun() && !endpoint.whileDraining()) {
            throw HttpProblem.of(503, "shutting_down", "This gateway is shutting down; send the request to another.");
        }
        if (endpoint.takesRest()) {
            exchange.pathRest(decoded(request.path().substring(endpoint.prefix().length())));
        }
        endpoint.handler().accept(exchange);
    }

    private static String decoded(String rest) {
        try {
            return URLDecoder.decode(rest.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw HttpProblem.of(400, "invalid_request", "The path holds a broken percent escape.");
        }
    }

    /** A request whose head can't be read, or must not be: too long, ambiguous, malformed. */
    private void refuse(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        HttpProblem problem = switch (cause) {
            case TooLongHttpLineException line ->
                HttpProblem.of(414, "uri_too_long", "The request line is longer than this gateway takes.");
            case TooLongHttpHeaderException headers ->
                HttpProblem.of(431, "headers_too_large", "The headers are larger than this gateway takes.");
            case null, default -> HttpProblem.of(400, "invalid_request", "The request is not well-formed HTTP.");
        };
        byte[] body = ErrorReply.of(problem, "").json();
        request.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .end(io.vertx.core.buffer.Buffer.buffer(body))
                .onComplete(done -> request.connection().close());
    }
}
