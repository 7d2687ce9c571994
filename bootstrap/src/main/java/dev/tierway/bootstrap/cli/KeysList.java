package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.bootstrap.cli.remote.GatewayClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tierway keys list}. */
@Command(name = "list", description = "Show every API key: what it is for, what it may use, when it was last used.")
final class KeysList implements Callable<Integer> {
    private final Session session;

    @Mixin
    AdminOption admin = new AdminOption();

    KeysList(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (GatewayClient client = admin.open(session.world())) {
            JsonNode keys = client.get("/admin/keys");
            session.show(keys, () -> KeysText.list(keys.path("keys")));
        }
        return 0;
    }
}
