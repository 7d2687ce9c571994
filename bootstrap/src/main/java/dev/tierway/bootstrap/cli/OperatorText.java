package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.bootstrap.cli.show.TextTable;
import dev.tierway.bootstrap.cli.show.Words;

/** Operators' actions for people. */
final class OperatorText {
    private OperatorText() {}

    /** What an order changed, and until when. */
    static String receipt(JsonNode receipt) {
        JsonNode action = receipt.path("action");
        StringBuilder text = new StringBuilder(Words.text(action.path("scope")).replace('_', ' '))
                .append(" '")
                .append(Words.text(action.path("id")))
                .append("': ")
                .append(ordered(action))
                .append("\n\n");
        TextTable replicas = new TextTable("REPLICA", "PHASE", "MARK", "CIRCUIT");
        receipt.path("replicas")
                .forEach(replica -> replicas.row(
                        Words.text(replica.path("id")),
                        Words.text(replica.path("phase")),
                        replica.path("marked_unhealthy").asBoolean() ? "unhealthy" : Words.UNKNOWN,
                        Words.text(replica.path("circuit")).replace('_', ' ')));
        if (!replicas.isEmpty()) {
            text.append(replicas.render(""));
        }
        receipt.path("warnings")
                .forEach(warning ->
                        text.append("Mind: ").append(warning.asText()).append('\n'));
        return text.toString();
    }

    private static String ordered(JsonNode action) {
        JsonNode until = action.path("until");
        return switch (action.path("value").asText()) {
            case "configured" -> "its phase is as configured again.";
            case "reset" -> "circuits are closed.";
            default ->
                Words.text(action.path("value"))
                        + (Words.isUnknown(until) ? ", until it is taken back." : " until " + until.asText() + ".");
        };
    }

    /** What is in force, as {@code /admin/fleet} tells it; empty if nothing is. */
    static String overrides(JsonNode overrides) {
        if (overrides.isEmpty()) {
            return "";
        }
        TextTable table = new TextTable("ORDERED", "FOR", "ENDS IN", "BY", "REASON");
        overrides.forEach(one -> table.row(
                Words.text(one.path("value")),
                Words.text(one.path("scope")).replace('_', ' ') + " " + Words.text(one.path("id")),
                Words.span(one.path("until_millis")),
                Words.text(one.path("author")),
                Words.text(one.path("reason"))));
        return "\n" + table.render("");
    }
}
