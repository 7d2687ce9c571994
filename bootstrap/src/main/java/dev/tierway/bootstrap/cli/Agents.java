package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.bootstrap.cli.remote.GatewayClient;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tierway agents}: who is held, and by whom; its commands hold and let go. */
@Command(
        name = "agents",
        description =
                "Show who is held, what agents have used, and which go round in circles; hold, limit and reset them.")
final class Agents implements Callable<Integer> {
    private final Session session;

    @Mixin
    AdminOption admin = new AdminOption();

    private Agents(Session session) {
        this.session = session;
    }

    static CommandLine command(Session session) {
        CommandLine agents = new CommandLine(new Agents(session));
        for (HoldVerb verb : HoldVerb.values()) {
            agents.addSubcommand(verb.command(), HoldAgents.command(session, verb));
        }
        agents.addSubcommand("reset", new CommandLine(new ResetAgents(session)));
        agents.addSubcommand("limit", new CommandLine(new LimitAgents(session)));
        agents.addSubcommand("metrics", new CommandLine(new MetricsOfAgents(session)));
        return agents;
    }

    @Override
    public Integer call() {
        try (GatewayClient client = admin.open(session.world())) {
            JsonNode read = client.get("/admin/agents");
            session.show(read, () -> AgentsText.all(read));
        }
        return 0;
    }
}
