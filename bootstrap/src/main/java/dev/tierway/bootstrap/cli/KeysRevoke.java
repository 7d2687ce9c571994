package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tierway.bootstrap.cli.remote.GatewayClient;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tierway keys revoke}. */
@Command(
        name = "revoke",
        description =
                "Take an API key away for ever: here at once, at other instances within seconds. Calls that run go on.")
final class KeysRevoke implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", paramLabel = "ID", description = "The key")
    String id = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the audit trail")
    @Nullable
    String reason;

    @Mixin
    AdminOption admin = new AdminOption();

    KeysRevoke(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ObjectNode body = Keys.body(session, id);
        if (reason != null) {
            body.put("reason", reason);
        }
        try (GatewayClient client = admin.open(session.world())) {
            JsonNode revoked = client.post("/admin/keys/revoke", body);
            session.show(revoked, () -> "key '" + id + "' is revoked.\n");
        }
        return 0;
    }
}
