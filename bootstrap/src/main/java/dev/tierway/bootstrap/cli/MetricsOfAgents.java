package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.bootstrap.cli.remote.GatewayClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tierway agents metrics}. */
@Command(name = "metrics", description = "Show what an agent's calls came to since it was reset last, by the ledger.")
final class MetricsOfAgents implements Callable<Integer> {
    private final Session session;

    @Option(names = "--agent", paramLabel = "NAME", description = "In whatever workflow; without it, all calls")
    @Nullable
    String agent;

    @Mixin
    AdminOption admin = new AdminOption();

    MetricsOfAgents(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        String path = "/admin/agents/metrics"
                + (agent == null ? "" : "?agent=" + URLEncoder.encode(agent, StandardCharsets.UTF_8));
        try (GatewayClient client = admin.open(session.world())) {
            JsonNode read = client.get(path);
            session.show(read, () -> AgentsText.metrics(read));
        }
        return 0;
    }
}
