package dev.tierway.adapter.providers.google;

import dev.tierway.adapter.providers.Attempts;
import dev.tierway.adapter.providers.ProviderSettings;
import dev.tierway.adapter.providers.TransportFaultContract;
import dev.tierway.adapter.providers.simulated.SimulatedServer;
import dev.tierway.application.port.out.ProviderTransport;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** Every fault over a real socket, in Gemini's dialect. */
class GeminiTransportFaultTest extends TransportFaultContract {
    private SimulatedServer server;

    @Override
    protected ProviderTransport create() throws Exception {
        server = SimulatedServer.start(vertx, "simulated-box", scripts).get(30, TimeUnit.SECONDS);
        return new GoogleTransportFactory(vertx)
                .create(ProviderSettings.of(Attempts.PROVIDER, GoogleTransportFactory.GEMINI, server.baseUrl(), null));
    }

    @AfterEach
    void stopServer() {
        server.close();
    }
}
