package dev.tierway.adapter.providers.simulated;

import dev.tierway.application.port.out.AttemptHandle;
import dev.tierway.application.port.out.AttemptRequest;
import dev.tierway.application.port.out.AttemptSink;
import dev.tierway.application.port.out.ProviderTransport;
import io.vertx.core.Vertx;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One scripted provider in process. */
final class SimulatedTransport implements ProviderTransport {
    private final Vertx vertx;
    private final ScriptBook scripts;
    private final Set<SimulatedAttempt> inFlight = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    SimulatedTransport(Vertx vertx, ScriptBook scripts) {
        this.vertx = vertx;
        this.scripts = scripts;
    }

    @Override
    public AttemptHandle open(AttemptRequest request, AttemptSink sink) {
        SimulatedAttempt attempt = new SimulatedAttempt(vertx, scripts, request, sink, inFlight::remove);
        inFlight.add(attempt);
        if (closed) {
            attempt.closeTransport();
        } else {
            attempt.open();
        }
        return attempt;
    }

    @Override
    public void close() {
        closed = true;
        inFlight.forEach(SimulatedAttempt::closeTransport);
    }
}
