package dev.tierway.adapter.providers.wire;

import dev.tierway.adapter.providers.ProbeSettings;
import dev.tierway.adapter.providers.http.AttemptLoop;
import dev.tierway.adapter.providers.http.TransportLimits;
import dev.tierway.adapter.providers.http.UpstreamClients;
import dev.tierway.application.port.out.ReplicaProbe;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.fleet.ProbeResult;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Gets the list of models, or what the operator named. Its connections are its own: it takes no call's place. */
public final class ModelsProbe implements ReplicaProbe {
    private static final int CONNECTIONS = 16;

    final Vertx vertx;
    final UpstreamClients clients;
    final VendorGets requests;
    final String path;
    final Duration timeout;
    /** Set before connections close, so that no probe takes that for the server's doing. */
    volatile boolean closing;

    private final Set<Runnable> underWay = ConcurrentHashMap.newKeySet();

    /** @param models where the vendor lists its models */
    public ModelsProbe(
            Vertx vertx, TransportLimits limits, VendorGets requests, String models, ProbeSettings settings) {
        this.vertx = vertx;
        this.clients = requests.clients(vertx, limits, CONNECTIONS);
        this.requests = requests;
        this.path = settings.path() == null ? models : settings.path();
        this.timeout = settings.timeout();
    }

    @Override
    public CompletionStage<ProbeResult> probe(Replica replica) {
        CompletableFuture<ProbeResult> found = new CompletableFuture<>();
        AttemptLoop loop = AttemptLoop.current(vertx);
        ModelsLook look = new ModelsLook(this, replica.upstreamModel(), found);
        Runnable stop = () -> loop.later(look::stop);
        underWay.add(stop);
        loop.later(look::begin);
        return found.whenComplete((result, error) -> underWay.remove(stop));
    }

    @Override
    public void close() {
        closing = true;
        underWay.forEach(Runnable::run);
        clients.close();
    }
}
