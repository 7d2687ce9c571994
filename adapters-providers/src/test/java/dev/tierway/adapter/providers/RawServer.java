package dev.tierway.adapter.providers;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A listening socket that does what a test says, byte by byte. */
public final class RawServer implements AutoCloseable {
    private final NetServer server;
    private final CompletableFuture<Void> firstClosed = new CompletableFuture<>();

    public RawServer(Vertx vertx, Consumer<NetSocket> behaviour) throws Exception {
        this(vertx, new NetServerOptions(), behaviour);
    }

    public RawServer(Vertx vertx, NetServerOptions options, Consumer<NetSocket> behaviour) throws Exception {
        server = vertx.createNetServer(options).connectHandler(socket -> {
            socket.closeHandler(nothing -> firstClosed.complete(null));
            socket.exceptionHandler(broken -> {});
            behaviour.accept(socket);
        });
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    /** Answers every request that fits one packet with those bytes. */
    public static Consumer<NetSocket> answering(String reply) {
        return socket -> socket.handler(request -> socket.write(Buffer.buffer(reply)));
    }

    public URI url(String scheme) {
        return URI.create(scheme + "://127.0.0.1:" + server.actualPort() + "/v1");
    }

    /** Waits until a client's connection has been closed. */
    public void awaitClosed() throws Exception {
        firstClosed.get(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        server.close();
    }
}
