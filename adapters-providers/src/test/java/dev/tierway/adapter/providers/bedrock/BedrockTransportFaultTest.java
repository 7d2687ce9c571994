package dev.tierway.adapter.providers.bedrock;

import dev.tierway.adapter.providers.Attempts;
import dev.tierway.adapter.providers.AwsSettings;
import dev.tierway.adapter.providers.ProviderSettings;
import dev.tierway.adapter.providers.Secret;
import dev.tierway.adapter.providers.TransportFaultContract;
import dev.tierway.adapter.providers.simulated.SimulatedServer;
import dev.tierway.application.port.out.ProviderTransport;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** Every fault over a real socket, in event streams and Converse's words. */
class BedrockTransportFaultTest extends TransportFaultContract {
    private SimulatedServer server;
    private ConverseBridge bridge;

    @Override
    protected ProviderTransport create() throws Exception {
        server = SimulatedServer.start(vertx, "simulated-box", scripts).get(30, TimeUnit.SECONDS);
        bridge = new ConverseBridge(vertx, server.port());
        return new BedrockTransportFactory(vertx)
                .create(ProviderSettings.of(Attempts.PROVIDER, "bedrock", bridge.url(), new Secret("bearer-key"))
                        .with(AwsSettings.in("eu-central-1")));
    }

    @AfterEach
    void stopServer() {
        bridge.close();
        server.close();
    }
}
