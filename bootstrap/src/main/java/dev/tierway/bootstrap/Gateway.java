package dev.tierway.bootstrap;

import com.google.inject.Module;
import dev.tierway.GatewayConfig;
import dev.tierway.Tierway;
import dev.tierway.adapter.http.GatewayServer;
import dev.tierway.adapter.http.admin.AdminServer;
import dev.tierway.application.config.ConfigOrder;
import dev.tierway.application.keys.KeyFeed;
import dev.tierway.bootstrap.reload.ConfigFile;
import dev.tierway.bootstrap.reload.ConfigReloads;
import dev.tierway.bootstrap.wiring.GatewayModule;
import dev.tierway.bootstrap.wiring.MetricsPort;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A running gateway: the engine, its API port, its admin port and, if there is one, its metrics port. */
public final class Gateway implements AutoCloseable {
    private static final Duration DRAIN = Duration.ofSeconds(30);

    /** When keys were last used is worth no longer wait. */
    private static final long LAST_USES_SECONDS = 2;

    private final Engine engine;
    private final GatewayServer api;
    private final AdminServer admin;
    private final MetricsPort metrics;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Gateway(Engine engine) {
        this.engine = engine;
        this.api = engine.part(GatewayServer.class);
        this.admin = engine.part(AdminServer.class);
        this.metrics = engine.part(MetricsPort.class);
    }

    /**
     * Starts its servers.
     *
     * @throws dev.tierway.adapter.http.server.PortUnavailableException if a port can't be had
     * @throws dev.tierway.adapter.persistence.StoreException if a store can't be opened
     */
    public static Gateway start(GatewayConfig config) {
        return start(config, null);
    }

    /**
     * The same.
     *
     * @param file how the configuration is read again; null: as its text says, if it is a file's
     */
    public static Gateway start(GatewayConfig config, @Nullable ConfigFile file) {
        Module module = new GatewayModule(config);
        Gateway gateway = new Gateway(Engine.start(module));
        try {
            if (file != null) {
                gateway.engine.part(ConfigReloads.class).follow(file);
            }
            await(gateway.admin.start());
            await(gateway.metrics.start());
            await(gateway.api.start());
            return gateway;
        } catch (RuntimeException failed) {
            gateway.close(Duration.ZERO);
            throw failed;
        }
    }

    private static void await(CompletionStage<?> stage) {
        try {
            stage.toCompletableFuture().join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    public int apiPort() {
        return api.actualPort();
    }

    public int adminPort() {
        return admin.actualPort();
    }

    /** Null if metrics have no port of their own. */
    public @Nullable Integer metricsPort() {
        return metrics.actualPort();
    }

    /** The same engine from Java; closing it is this gateway's business. */
    public Tierway tierway() {
        return Tierway.of(engine);
    }

    /** Reads its configuration's file again, as the admin port does on an order; a refused file is in the log. */
    public void reload(ConfigOrder order) {
        var unused = engine.part(ConfigReloads.class).reload(order);
    }

    /** Takes no new calls, waits up to 30 s for the running ones, then cancels them. */
    @Override
    public void close() {
        close(DRAIN);
    }

    private void close(Duration patience) {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        await(api.drain(patience));
        await(api.close());
        await(metrics.close());
        await(admin.close());
        engine.part(KeyFeed.class)
                .finish()
                .completeOnTimeout(null, LAST_USES_SECONDS, TimeUnit.SECONDS)
                .join();
        engine.close(Duration.ZERO);
    }
}
