package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.bootstrap.cli.show.TextTable;
import dev.tierway.bootstrap.cli.show.Words;
import java.util.List;

/** Attempts and what they come to, for people. */
final class HistoryText {
    private static final List<String> ENDS = List.of("failed", "abandoned", "cancelled", "unknown");

    private HistoryText() {}

    static String rows(JsonNode rows) {
        TextTable table = new TextTable(
                "ENDED", "CALL", "REPLICA", "OUTCOME", "KEY", "AGENT", ">IN", ">OUT", ">COST $", ">TTFT", ">TIME");
        for (JsonNode row : rows) {
            table.row(
                    Words.text(row.path("ended_at")),
                    Words.text(row.path("call")) + "#" + Words.text(row.path("attempt")),
                    Words.text(row.path("replica")),
                    outcome(row),
                    Words.text(row.path("key")),
                    Words.text(row.path("agent")),
                    tokens(row, "input_tokens"),
                    tokens(row, "output_tokens"),
                    Words.dollars(row.path("cost_usd")),
                    Words.span(row.path("first_token_ms")),
                    Words.span(row.path("duration_ms")));
        }
        return table.isEmpty() ? "No attempts.\n" : table.render("");
    }

    private static String outcome(JsonNode row) {
        String outcome = Words.text(row.path("outcome"));
        return Words.isUnknown(row.path("class")) || !outcome.equals("failed")
                ? outcome
                : row.path("class").asText();
    }

    /** Estimates are marked. */
    private static String tokens(JsonNode row, String name) {
        return (row.path("usage").asText().equals("estimated") ? "~" : "") + Words.text(row.path(name));
    }

    static String totals(JsonNode spend) {
        String by = spend.path("by").asText();
        TextTable table = new TextTable(
                by.toUpperCase(java.util.Locale.ROOT),
                ">CALLS",
                ">ATTEMPTS",
                ">NOT DELIVERED",
                ">IN",
                ">CACHED",
                ">OUT",
                ">COST $",
                ">COST UNKNOWN");
        for (JsonNode group : spend.path("groups")) {
            row(table, Words.text(group.path(by)), group);
        }
        if (table.isEmpty()) {
            return "No attempts.\n";
        }
        row(table, "total", spend.path("total"));
        return table.render("")
                + (spend.path("more").asBoolean()
                        ? "There are more groups than are shown; the total is of all.\n"
                        : "");
    }

    private static void row(TextTable table, String name, JsonNode sums) {
        long notDelivered =
                ENDS.stream().mapToLong(end -> sums.path(end).asLong()).sum();
        table.row(
                name,
                Words.text(sums.path("calls")),
                Words.text(sums.path("attempts")),
                String.valueOf(notDelivered),
                Words.text(sums.path("input_tokens")),
                Words.text(sums.path("cached_input_tokens")),
                Words.text(sums.path("output_tokens")),
                Words.dollars(sums.path("cost_usd")),
                Words.text(sums.path("unpriced_attempts")));
    }
}
