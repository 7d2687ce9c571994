package dev.tierway.adapter.providers.simulated;

import dev.tierway.adapter.providers.Attempts;
import dev.tierway.adapter.providers.ProviderSettings;
import dev.tierway.adapter.providers.TransportFaultContract;
import dev.tierway.application.port.out.ProviderTransport;

class SimulatedTransportFaultTest extends TransportFaultContract {
    @Override
    protected ProviderTransport create() {
        return new SimulatedTransportFactory(vertx, provider -> scripts)
                .create(ProviderSettings.of(Attempts.PROVIDER, SimulatedTransportFactory.SIMULATED, null, null));
    }
}
