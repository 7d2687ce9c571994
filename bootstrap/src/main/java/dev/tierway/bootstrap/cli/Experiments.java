package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.bootstrap.cli.remote.GatewayClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tierway experiments}. */
@Command(
        name = "experiments",
        description = "Show what became of the calls of each arm of every ab-test rule, since the gateway started.")
final class Experiments implements Callable<Integer> {
    private final Session session;

    @Mixin
    AdminOption admin = new AdminOption();

    Experiments(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (GatewayClient client = admin.open(session.world())) {
            JsonNode read = client.get("/admin/experiments");
            session.show(read, () -> ExperimentsText.of(read.path("experiments")));
        }
        return 0;
    }
}
