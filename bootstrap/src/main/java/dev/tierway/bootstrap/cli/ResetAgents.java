package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tierway agents reset}, on all gateways that share the storage. */
@Command(
        name = "reset",
        description =
                "Count what they use of their limits from zero, and forget their loops; the ledger keeps its rows.")
final class ResetAgents implements Callable<Integer> {
    private final Session session;

    @ArgGroup(multiplicity = "1")
    HoldOption scope = new HoldOption();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for colleagues")
    @Nullable
    String reason;

    @Mixin
    AdminOption admin = new AdminOption();

    ResetAgents(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        scope.put(body);
        return Operate.order(session, admin, "/admin/agents/reset", body, null, reason);
    }
}
