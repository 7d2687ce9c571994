package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tierway.bootstrap.cli.remote.GatewayClient;
import dev.tierway.bootstrap.cli.show.TextTable;
import dev.tierway.bootstrap.cli.show.Words;
import org.jspecify.annotations.Nullable;

/** Changes of a running gateway's configuration, ordered and for people. */
final class ReconfigureText {
    private static final int HASH = 12;

    private ReconfigureText() {}

    /** Completes the order, sends it, and shows what became of it. */
    static int order(Session session, AdminOption admin, String path, ObjectNode body, @Nullable String reason) {
        if (reason != null) {
            body.put("reason", reason);
        }
        session.world().user().ifPresent(user -> body.put("author", user));
        try (GatewayClient client = admin.open(session.world())) {
            JsonNode outcome = client.post(path, body);
            session.show(outcome, () -> outcome(outcome));
        }
        return 0;
    }

    private static String outcome(JsonNode outcome) {
        if (outcome.path("outcome").asText().equals("unchanged")) {
            return "The configuration is the one in force already, generation " + outcome.path("generation") + ".\n";
        }
        StringBuilder text = new StringBuilder("Generation ")
                .append(outcome.path("generation"))
                .append(" is in force, in place of ")
                .append(outcome.path("before"))
                .append(".\n");
        outcome.path("changes")
                .forEach(change -> text.append("  ").append(change.asText()).append('\n'));
        outcome.path("warnings")
                .forEach(warning ->
                        text.append("Mind: ").append(warning.asText()).append('\n'));
        return text.toString();
    }

    static String history(JsonNode history) {
        TextTable table = new TextTable(">GENERATION", "SINCE", "BY", "TEXT", "REMARK");
        history.path("generations").forEach(one -> {
            JsonNode repeated = one.path("rollback_to");
            String remark = Words.isUnknown(repeated) ? "" : "repeats " + repeated + ". ";
            String why = Words.isUnknown(one.path("reason"))
                    ? ""
                    : one.path("reason").asText() + ". ";
            String hole = Words.isUnknown(one.path("incomplete"))
                    ? ""
                    : "not whole: " + one.path("incomplete").asText();
            table.row(
                    one.path("generation").asText(),
                    one.path("at").asText(),
                    one.path("origin").asText() + " (" + one.path("author").asText() + ")",
                    cut(one.path("hash").asText()),
                    (remark + why + hole).strip());
        });
        return table.render("");
    }

    private static String cut(String hash) {
        return hash.length() <= HASH ? hash : hash.substring(0, HASH);
    }
}
