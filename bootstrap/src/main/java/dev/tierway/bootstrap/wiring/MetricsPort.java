package dev.tierway.bootstrap.wiring;

import dev.tierway.adapter.http.admin.MetricsServer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The metrics port, if there is one.
 *
 * @param server null: metrics are on the admin port only
 */
public record MetricsPort(@Nullable MetricsServer server) {
    public CompletionStage<Void> start() {
        return server == null ? CompletableFuture.completedStage(null) : server.start();
    }

    public CompletionStage<Void> close() {
        return server == null ? CompletableFuture.completedStage(null) : server.close();
    }

    /** Null if there is none. */
    public @Nullable Integer actualPort() {
        return server == null ? null : server.actualPort();
    }
}
