package dev.tierway.adapter.providers.simulated;

import dev.tierway.adapter.providers.ProviderSettings;
import dev.tierway.adapter.providers.TransportFactory;
import dev.tierway.application.port.out.ProviderTransport;
import dev.tierway.domain.catalogue.ProviderId;
import io.vertx.core.Vertx;
import java.util.function.Function;

/** Transports of the kind {@code simulated}: in process, without key or network. Base URL and key are not used. */
public final class SimulatedTransportFactory implements TransportFactory {
    public static final String SIMULATED = "simulated";

    private final Vertx vertx;
    private final Function<ProviderId, ScriptBook> scripts;

    /** All providers are healthy. */
    public SimulatedTransportFactory(Vertx vertx) {
        this(vertx, provider -> new ScriptBook(SimulatedScript.HEALTHY));
    }

    /** @param scripts asked once per transport; models are looked up by the name the provider knows them by */
    public SimulatedTransportFactory(Vertx vertx, Function<ProviderId, ScriptBook> scripts) {
        this.vertx = vertx;
        this.scripts = scripts;
    }

    @Override
    public ProviderTransport create(ProviderSettings settings) {
        return new SimulatedTransport(vertx, scripts.apply(settings.id()));
    }
}
