package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.bootstrap.cli.show.TextTable;
import dev.tierway.bootstrap.cli.show.Words;

/** Operators' actions for people. */
final class OperatorText {
    private static final String GATEWAY = "gateway";

    private OperatorText() {}

    /** What an order changed, and until when. */
    static String receipt(JsonNode receipt) {
        JsonNode action = receipt.path("action");
        StringBuilder text = new StringBuilder(subject(action))
                .append(": ")
                .append(ordered(action))
                .append('\n');
        TextTable replicas = new TextTable("REPLICA", "PHASE", "MARK", "CIRCUIT");
        receipt.path("replicas")
                .forEach(replica -> replicas.row(
                        Words.text(replica.path("id")),
                        Words.text(replica.path("phase")),
                        replica.path("marked_unhealthy").asBoolean() ? "unhealthy" : Words.UNKNOWN,
                        Words.text(replica.path("circuit")).replace('_', ' ')));
        if (!replicas.isEmpty()) {
            text.append('\n').append(replicas.render(""));
        }
        receipt.path("warnings")
                .forEach(warning ->
                        text.append("Mind: ").append(warning.asText()).append('\n'));
        return text.toString();
    }

    private static String subject(JsonNode action) {
        String scope = Words.text(action.path("scope")).replace('_', ' ');
        return scope.equals(GATEWAY)
                ? everything(action, "strategy")
                : scope + " '" + Words.text(action.path("id")) + "'";
    }

    private static String ordered(JsonNode action) {
        JsonNode until = action.path("until");
        switch (action.path("action").asText()) {
            case "reset" -> {
                return "counts from zero.";
            }
            case "limits" -> {
                if (action.path("value").asText().equals("configured")) {
                    return "its limits are as configured again.";
                }
            }
            default -> {
                // As its value says.
            }
        }
        return switch (action.path("value").asText()) {
            case "configured" ->
                action.path("action").asText().equals("strategy")
                        ? "as configured again."
                        : "its phase is as configured again.";
            case "enabled" -> "enabled.";
            case "running" -> "running.";
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
                about(one),
                Words.span(one.path("until_millis")),
                Words.text(one.path("author")),
                Words.text(one.path("reason"))));
        return "\n" + table.render("");
    }

    /** Which agents and workflows are held, as {@code /admin/agents} tells it. */
    static String held(JsonNode held) {
        if (held.isEmpty()) {
            return "Nobody is held.\n";
        }
        TextTable table = new TextTable("HELD", "WHO", "UNTIL", "BY", "REASON");
        held.forEach(one -> table.row(
                Words.text(one.path("value")),
                about(one),
                Words.text(one.path("until")),
                Words.text(one.path("author")),
                Words.text(one.path("reason"))));
        return table.render("");
    }

    private static String about(JsonNode override) {
        String scope = Words.text(override.path("scope")).replace('_', ' ');
        return scope.equals(GATEWAY)
                ? everything(override, "the strategy")
                : scope + " " + Words.text(override.path("id"));
    }

    /** What an order to the whole gateway is about. */
    private static String everything(JsonNode action, String strategy) {
        return switch (action.path("action").asText()) {
            case "hold", "reset" -> "everything";
            case "limits" -> "all agents";
            default -> strategy;
        };
    }
}
