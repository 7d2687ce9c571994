package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.bootstrap.cli.remote.GatewayClient;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tierway status}. */
@Command(name = "status", description = "Show how every replica, model and provider of a running gateway does.")
final class Status implements Callable<Integer> {
    private static final Duration PERIOD = Duration.ofSeconds(2);

    private final Session session;

    @Mixin
    AdminOption admin = new AdminOption();

    @Option(names = "--watch", description = "Again every 2 s, until Ctrl-C")
    boolean watch;

    Status(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (GatewayClient client = admin.open(session.world())) {
            show(client);
            while (watch && session.lifetime().pause(PERIOD)) {
                show(client);
            }
        }
        return 0;
    }

    private void show(GatewayClient client) {
        JsonNode fleet = client.get("/admin/fleet");
        session.show(fleet, () -> FleetText.of(fleet) + (watch ? "\n" : ""));
    }
}
