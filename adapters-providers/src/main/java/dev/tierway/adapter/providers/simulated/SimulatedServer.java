package dev.tierway.adapter.providers.simulated;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A provider on the loopback interface: speaks OpenAI's format ({@code POST …/chat/completions}) and Anthropic's
 * ({@code POST …/messages}), unary and streamed, {@code GET …/models}, and behaves as its scripts say, down to the byte. For demos and tests; asks for no key.
 */
public final class SimulatedServer implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    private final Vertx vertx;
    private final String name;
    private final ScriptBook scripts;
    private final ServerTally tally = new ServerTally();
    private final Set<ServerConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile int port;
    private volatile @Nullable NetServer listener;

    private SimulatedServer(Vertx vertx, String name, ScriptBook scripts, int port) {
        this.vertx = vertx;
        this.name = name;
        this.scripts = scripts;
        this.port = port;
    }

    /** Starts on a free port. */
    public static CompletableFuture<SimulatedServer> start(Vertx vertx, String name, ScriptBook scripts) {
        return start(vertx, name, scripts, 0);
    }

    /**
     * Fails with a {@link java.net.BindException} if the port is in use.
     *
     * @param name what its answers call it
     * @param port 0: any free one
     */
    public static CompletableFuture<SimulatedServer> start(Vertx vertx, String name, ScriptBook scripts, int port) {
        SimulatedServer server = new SimulatedServer(vertx, name, scripts, port);
        return server.acceptConnections().thenApply(nothing -> server);
    }

    public int port() {
        return port;
    }

    /** What a provider's {@code base-url} is set to. */
    public URI baseUrl() {
        return URI.create("http://" + LOOPBACK + ":" + port + "/v1");
    }

    /** May be changed at any time. */
    public ScriptBook scripts() {
        return scripts;
    }

    public ServerCounts counts() {
        return tally.counts();
    }

    /** The last requests, oldest first. */
    public List<RecordedRequest> recorded() {
        return tally.recorded();
    }

    /** Completes once that many requests have begun to arrive, counted from the start. */
    public CompletableFuture<ServerCounts> awaitRequests(long n) {
        return tally.await(ServerCounts::requests, n);
    }

    /** Completes once clients have left that many requests before their answer was complete, counted from the start. */
    public CompletableFuture<ServerCounts> awaitAborted(long n) {
        return tally.await(ServerCounts::aborted, n);
    }

    /** Completes once that many requests have been answered to the end, counted from the start. */
    public CompletableFuture<ServerCounts> awaitCompleted(long n) {
        return tally.await(ServerCounts::completed, n);
    }

    /** Dies: closes every connection, and refuses new ones until {@link #acceptConnections}. */
    public CompletableFuture<Void> refuseConnections() {
        NetServer current = listener;
        listener = null;
        Future<Void> closed = current == null ? Future.succeededFuture() : current.close();
        connections.forEach(ServerConnection::kill);
        return closed.toCompletionStage().toCompletableFuture();
    }

    /** Lives again, on the same port. */
    public CompletableFuture<Void> acceptConnections() {
        NetServer server = vertx.createNetServer(new NetServerOptions().setTcpNoDelay(true));
        server.connectHandler(this::connected);
        return server.listen(port, LOOPBACK)
                .map(listening -> {
                    port = listening.actualPort();
                    listener = listening;
                    return (Void) null;
                })
                .toCompletionStage()
                .toCompletableFuture();
    }

    /** As {@link #refuseConnections}; doesn't wait. */
    @Override
    public void close() {
        var unused = refuseConnections();
    }

    private void connected(NetSocket socket) {
        tally.connection();
        ServerConnection connection = new ServerConnection(vertx, socket, name, scripts, tally);
        connections.add(connection);
        connection.begin(() -> connections.remove(connection));
    }
}
