package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tierway.bootstrap.cli.remote.GatewayClient;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tierway keys} and its commands: API keys of a running gateway, and of those that share its storage. */
@Command(name = "keys", description = "Make, list, renew and revoke API keys of a running gateway: see its commands.")
final class Keys implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    private Keys() {}

    static CommandLine command(Session session) {
        return new CommandLine(new Keys())
                .addSubcommand(new KeysCreate(session))
                .addSubcommand(new KeysList(session))
                .addSubcommand(new KeysRotate(session))
                .addSubcommand(new KeysRevoke(session));
    }

    @Override
    public Integer call() {
        throw Misuse.of(spec, "say what about keys: create, list, rotate or revoke");
    }

    static ObjectNode body(Session session, String id) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("id", id);
        session.world().user().ifPresent(user -> body.put("author", user));
        return body;
    }

    /** The secret alone goes where results go, so that a script can take it; nobody can see it again. */
    static int receipt(Session session, AdminOption admin, String path, ObjectNode body) {
        try (GatewayClient client = admin.open(session.world())) {
            JsonNode receipt = client.post(path, body);
            String secret = receipt.path("secret").asText("");
            session.show(receipt, () -> secret.isEmpty() ? "" : secret + "\n");
            if (session.isTable()) {
                session.remark("tierway: " + KeysText.made(receipt));
                receipt.path("warnings").forEach(warning -> session.remark("tierway: mind: " + warning.asText()));
            }
        }
        return 0;
    }
}
