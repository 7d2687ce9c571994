package dev.tierway.adapter.persistence.redis;

import dev.tierway.adapter.persistence.StoreException;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the server, made when first needed and made anew when lost; never blocks. Whether the server is part of a
 * cluster is found out by asking it. While there is no connection, requests fail at once.
 */
public final class RedisLink implements AutoCloseable {
    /** Requests sent and not yet answered: more means that the server hangs. */
    private static final int MOST_WAITING = 20_000;

    private static final Duration SLOWEST_RECONNECT = Duration.ofMillis(500);
    private static final int MOST_WARMING = 50;
    private static final long WARMING_MILLIS = 10;
    private static final Duration TOPOLOGY_REFRESH = Duration.ofSeconds(30);

    private record Connected(AbstractRedisClient client, RedisClusterAsyncCommands<String, String> commands) {}

    private final RedisOptions options;
    private final ClientResources resources;
    private final AtomicReference<@Nullable CompletableFuture<Connected>> connection = new AtomicReference<>();
    private volatile boolean closed;
    private volatile @Nullable Runnable onConnected;

    private RedisLink(RedisOptions options) {
        this.options = options;
        this.resources = ClientResources.builder()
                .ioThreadPoolSize(2)
                .computationThreadPoolSize(2)
                .reconnectDelay(Delay.exponential(Duration.ofMillis(10), SLOWEST_RECONNECT, 2, TimeUnit.MILLISECONDS))
                .build();
    }

    /** Doesn't connect yet: a server that is down when we start may come up later. */
    public static RedisLink open(RedisOptions options) {
        return new RedisLink(options);
    }

    /** Does that on one of our threads whenever a connection has been made, the first or another. */
    void whenConnected(Runnable task) {
        onConnected = task;
    }

    private void listen(AbstractRedisClient client) {
        client.addListener(new RedisConnectionStateListener() {
            @Override
            public void onRedisConnected(RedisChannelHandler<?, ?> made, SocketAddress to) {
                Runnable task = onConnected;
                if (task != null && !closed) {
                    resources.eventExecutorGroup().execute(task);
                }
            }
        });
    }

    RedisOptions options() {
        return options;
    }

    ClientResources resources() {
        return resources;
    }

    /** Runs a script on the server, sending its text if the server doesn't know it. */
    CompletableFuture<List<Object>> run(RedisScript script, String[] args) {
        String[] keys = {options.tag()};
        return connected().thenCompose(server -> {
            CompletableFuture<List<Object>> answer = new CompletableFuture<>();
            CompletionStage<List<Object>> known =
                    server.commands.evalsha(script.digest(), ScriptOutputType.MULTI, keys, args);
            known.whenComplete((reply, error) -> {
                if (error instanceof RedisNoScriptException) {
                    CompletionStage<List<Object>> sent =
                            server.commands.eval(script.text(), ScriptOutputType.MULTI, keys, args);
                    pass(sent, answer);
                } else {
                    complete(answer, reply, error);
                }
            });
            return answer;
        });
    }

    /** Whether it answers. */
    public CompletionStage<@Nullable Void> ping() {
        return inTime(connected().thenCompose(server -> server.commands.ping())).thenApply(pong -> null);
    }

    /** The same answer, or a failure in words, also if it takes too long. */
    <T> CompletableFuture<T> inTime(CompletableFuture<T> answer) {
        return answer.copy()
                .orTimeout(options.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .handle((value, error) -> {
                    if (error != null) {
                        throw new CompletionException(RedisFault.of(error, options));
                    }
                    return value;
                });
    }

    /** The value of a key; null if there is none. */
    CompletableFuture<@Nullable String> get(String key) {
        return connected().thenCompose(server -> server.commands.get(key));
    }

    /** Sets a key, for a time. */
    CompletableFuture<String> put(String key, String value, Duration lasting) {
        return connected().thenCompose(server -> server.commands.psetex(key, Math.max(1, lasting.toMillis()), value));
    }

    /** Tells whoever listens, on all instances. */
    CompletionStage<Long> publish(String channel, String message) {
        return connected().thenCompose(server -> server.commands.publish(channel, message));
    }

    /** A connection that only listens. */
    CompletionStage<StatefulRedisPubSubConnection<String, String>> listening() {
        return connected().thenCompose(server -> switch (server.client) {
            case RedisClusterClient cluster ->
                cluster.connectPubSubAsync(StringCodec.UTF8)
                        .thenApply(made -> (StatefulRedisPubSubConnection<String, String>) made);
            case RedisClient single -> single.connectPubSubAsync(StringCodec.UTF8, uri());
            default -> throw new IllegalStateException("neither a server nor a cluster");
        });
    }

    private CompletableFuture<Connected> connected() {
        CompletableFuture<Connected> known = connection.get();
        if (known != null) {
            return known;
        }
        if (closed) {
            return CompletableFuture.failedFuture(new StoreException("the connection to Redis is closed"));
        }
        CompletableFuture<Connected> fresh = new CompletableFuture<>();
        if (!connection.compareAndSet(null, fresh)) {
            return connected();
        }
        pass(connect(), fresh);
        return fresh.whenComplete((made, error) -> {
            if (error != null) {
                // Until then, everybody gets the same failure: a server that is down must not be stormed.
                var unused = resources
                        .eventExecutorGroup()
                        .schedule(
                                () -> connection.compareAndSet(fresh, null),
                                SLOWEST_RECONNECT.toMillis(),
                                TimeUnit.MILLISECONDS);
            }
        });
    }

    private CompletionStage<Connected> connect() {
        RedisClient single = RedisClient.create(resources, uri());
        single.setOptions(asUsual(ClientOptions.builder()).build());
        listen(single);
        return single.connectAsync(StringCodec.UTF8, uri())
                .thenCompose(made -> made.async().info("cluster").thenCompose(info -> {
                    if (!info.contains("cluster_enabled:1")) {
                        return CompletableFuture.completedFuture(new Connected(single, made.async()));
                    }
                    var unused = end(single);
                    return cluster();
                }))
                .whenComplete((made, error) -> {
                    if (error != null) {
                        var unused = end(single);
                    }
                });
    }

    private CompletionStage<Connected> cluster() {
        RedisClusterClient client = RedisClusterClient.create(resources, uri());
        listen(client);
        client.setOptions((ClusterClientOptions) asUsual(ClusterClientOptions.builder()
                        .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                                .enablePeriodicRefresh(TOPOLOGY_REFRESH)
                                .enableAllAdaptiveRefreshTriggers()
                                .build()))
                .build());
        return client.refreshPartitionsAsync()
                .thenCompose(topology -> client.connectAsync(StringCodec.UTF8))
                .thenCompose(made -> warm(made, MOST_WARMING).thenApply(done -> made))
                .thenApply(made -> new Connected(client, made.async()))
                .whenComplete((made, error) -> {
                    if (error != null) {
                        var unused = end(client);
                    }
                });
    }

    /** Connections to a cluster's nodes are made when first needed, and requests are refused meanwhile: asked until answered. */
    private CompletableFuture<Long> warm(StatefulRedisClusterConnection<String, String> made, int left) {
        CompletableFuture<Long> answer = new CompletableFuture<>();
        made.async().exists(options.tag()).whenComplete((found, error) -> {
            if (error == null || left == 0 || closed) {
                complete(answer, found, error);
                return;
            }
            var unused = resources
                    .eventExecutorGroup()
                    .schedule(() -> pass(warm(made, left - 1), answer), WARMING_MILLIS, TimeUnit.MILLISECONDS);
        });
        return answer;
    }

    private ClientOptions.Builder asUsual(ClientOptions.Builder builder) {
        return builder.autoReconnect(true)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MOST_WAITING)
                // Late answers matter: what they granted has to be given back.
                .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(options.timeout().multipliedBy(4))
                        .keepAlive(true)
                        .tcpNoDelay(true)
                        .build());
    }

    private RedisURI uri() {
        RedisURI uri = RedisURI.create(options.url());
        uri.setTimeout(options.timeout().multipliedBy(4));
        uri.setClientName("tierway");
        return uri;
    }

    private static CompletableFuture<@Nullable Void> end(AbstractRedisClient client) {
        return client.shutdownAsync(0, 1, TimeUnit.SECONDS);
    }

    private static <T> void pass(CompletionStage<T> from, CompletableFuture<T> to) {
        from.whenComplete((value, error) -> complete(to, value, error));
    }

    private static <T> void complete(CompletableFuture<T> to, T value, @Nullable Throwable error) {
        if (error == null) {
            to.complete(value);
        } else {
            to.completeExceptionally(error);
        }
    }

    @Override
    public void close() {
        closed = true;
        CompletableFuture<Connected> known = connection.get();
        CompletionStage<?> ended = known == null
                ? CompletableFuture.completedFuture(null)
                : known.thenCompose(server -> end(server.client));
        // Its threads last: closing connections need them.
        var unused = ended.handle((done, error) -> resources.shutdown(0, 1, TimeUnit.SECONDS));
    }
}
