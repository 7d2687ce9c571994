package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tierway reload}. */
@Command(name = "reload", description = "Have a running gateway read its configuration file again, while calls run.")
final class Reload implements Callable<Integer> {
    private final Session session;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for colleagues: shown in the history")
    @Nullable
    String reason;

    @Mixin
    AdminOption admin = new AdminOption();

    Reload(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        return ReconfigureText.order(session, admin, "/admin/config/reload", body, reason);
    }
}
