package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.bootstrap.cli.remote.GatewayClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tierway config-history}. */
@Command(
        name = "config-history",
        description =
                "Show the configurations of a running gateway that were in force; as JSON or YAML with their text.")
final class ConfigHistory implements Callable<Integer> {
    private final Session session;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "The newest N, 1 to 1000; default: ${DEFAULT-VALUE}")
    int limit;

    @Mixin
    AdminOption admin = new AdminOption();

    ConfigHistory(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (GatewayClient client = admin.open(session.world())) {
            JsonNode history = client.get("/admin/config/history?limit=" + limit);
            session.show(history, () -> ReconfigureText.history(history));
        }
        return 0;
    }
}
