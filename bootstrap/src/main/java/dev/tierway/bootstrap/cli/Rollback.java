package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tierway rollback}. */
@Command(
        name = "rollback",
        description = "Put an earlier configuration of a running gateway in force again, until it is restarted.")
final class Rollback implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "GENERATION", description = "Its number, as in decisions and in `tierway config-history`")
    long to;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for colleagues: shown in the history")
    @Nullable
    String reason;

    @Mixin
    AdminOption admin = new AdminOption();

    Rollback(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("to", to);
        return ReconfigureText.order(session, admin, "/admin/config/rollback", body, reason);
    }
}
