package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.bootstrap.cli.show.TextTable;
import dev.tierway.bootstrap.cli.show.Words;

/** Agents for people. */
final class AgentsText {
    private AgentsText() {}

    /** As {@code /admin/agents} tells it. */
    static String all(JsonNode read) {
        StringBuilder text = new StringBuilder(OperatorText.held(read.path("held")));
        TextTable limits = limits();
        read.path("scopes").forEach(scope -> scope.path("limits").forEach(limit -> row(limits, who(scope), limit)));
        if (!limits.isEmpty()) {
            text.append('\n').append(limits.render(""));
        }
        read.path("loops")
                .forEach(loop -> text.append("\nLoop of ")
                        .append(who(loop))
                        .append(": ")
                        .append(loop.path("message").asText())
                        .append('\n'));
        if (!Words.isUnknown(read.path("problem"))) {
            text.append("\nNobody knows what is used: ")
                    .append(read.path("problem").asText())
                    .append('\n');
        }
        return text.toString();
    }

    private static TextTable limits() {
        return new TextTable("WHO", "LIMIT", "ALLOWED", "USED", "LEFT", "STATE");
    }

    private static void row(TextTable table, String who, JsonNode limit) {
        table.row(
                who,
                limit.path("limit").asText(),
                limit.path("allowed").asText(),
                Words.text(limit.path("used")),
                Words.text(limit.path("left")),
                limit.path("state").asText().replace('_', ' '));
    }

    private static String who(JsonNode scope) {
        if (scope.path("scope").asText().equals("gateway")) {
            return "all agents";
        }
        if (scope.path("others").asBoolean()) {
            return "names beyond 10,000";
        }
        JsonNode workflow = scope.path("workflow");
        JsonNode agent = scope.path("agent");
        String words = (Words.isUnknown(agent) ? "" : "agent " + agent.asText())
                + (Words.isUnknown(workflow) ? "" : " workflow " + workflow.asText());
        JsonNode key = scope.path("key");
        return (Words.isUnknown(key) ? "" : "key " + key.asText() + " ") + words.strip();
    }

    /** As {@code /admin/agents/metrics} tells it. */
    static String metrics(JsonNode read) {
        StringBuilder text = new StringBuilder();
        for (String name : new String[] {
            "agent",
            "since",
            "calls",
            "attempts",
            "failed",
            "cost_usd",
            "unpriced",
            "tokens",
            "input",
            "output",
            "uncounted",
            "elapsed_millis"
        }) {
            text.append(String.format("%-15s %s%n", name.replace('_', ' '), Words.text(read.path(name))));
        }
        TextTable limits = limits();
        read.path("remaining").forEach(limit -> row(limits, "alone", limit));
        return limits.isEmpty()
                ? text.toString()
                : text.append('\n').append(limits.render("")).toString();
    }
}
