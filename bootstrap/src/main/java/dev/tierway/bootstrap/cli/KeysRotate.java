package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tierway keys rotate}. */
@Command(name = "rotate", description = "Give an API key a new secret, and print it: this once.")
final class KeysRotate implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", paramLabel = "ID", description = "The key")
    String id = "";

    @Option(
            names = "--overlap",
            paramLabel = "TIME",
            converter = Operate.SpanConverter.class,
            description = "How long the secret it had works on, e.g. 24h; default: not at all")
    @Nullable
    String overlap;

    @Mixin
    SecretOption secret = new SecretOption();

    @Mixin
    AdminOption admin = new AdminOption();

    KeysRotate(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ObjectNode body = Keys.body(session, id);
        if (overlap != null) {
            body.put("overlap", overlap);
        }
        secret.put(body, session);
        return Keys.receipt(session, admin, "/admin/keys/rotate", body);
    }
}
