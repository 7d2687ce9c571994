package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.bootstrap.cli.show.TextTable;
import dev.tierway.bootstrap.cli.show.Words;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is left of limits, for people. */
final class QuotaText {
    private QuotaText() {}

    static String of(JsonNode quota) {
        TextTable replicas = new TextTable("REPLICA", "MODEL", ">HEADROOM");
        quota.path("replicas")
                .forEach(one -> replicas.row(
                        Words.text(one.path("replica")),
                        Words.text(one.path("model")),
                        Words.percent(one.path("headroom"))));
        TextTable models = new TextTable("MODEL", ">REPLICAS", ">UNKNOWN", ">LEAST", ">MOST", ">SKEW");
        quota.path("models")
                .forEach(one -> models.row(
                        Words.text(one.path("model")),
                        Words.text(one.path("replicas")),
                        Words.text(one.path("unknown")),
                        Words.percent(one.path("least")),
                        Words.percent(one.path("most")),
                        Words.percent(one.path("skew"))));
        return LimitsText.of(quota) + "\n" + replicas.render("") + "\n" + models.render("") + "\n"
                + shared(quota.path("replicas")) + shares(quota.path("shares"));
    }

    /** Nothing where none are leased. */
    private static String shares(JsonNode shares) {
        long here = shares.path("admitted_here").asLong();
        long all = here + shares.path("asked_store").asLong();
        return shares.isObject()
                ? "\n%d of %d reservations from shares, without asking the store.\n".formatted(here, all)
                : "";
    }

    /** Several replicas share a window: it is shown once. */
    private static String shared(JsonNode replicas) {
        Map<String, JsonNode> once = new LinkedHashMap<>();
        replicas.forEach(one -> one.path("windows").forEach(window -> once.put(window.toString(), window)));
        return windows(once.values());
    }

    /** One line per window; a dash is unknown. */
    static String windows(Iterable<JsonNode> windows) {
        TextTable table = new TextTable(
                "LIMIT OF", "DIMENSION", ">WINDOW", ">LIMIT", ">USED", ">REMAINING", ">WHOLE IN", "TOLD BY");
        windows.forEach(window -> table.row(
                Words.text(window.path("owner")),
                Words.text(window.path("dimension")),
                Words.span(window.path("window_millis")),
                Words.text(window.path("limit")),
                Words.text(window.path("used")),
                Words.text(window.path("remaining")),
                Words.span(window.path("resets_in_millis")),
                window.path("source").asText().equals("own") ? "our accounts" : "its vendor"));
        return table.isEmpty() ? "Nothing is known of any limit yet.\n" : table.render("");
    }
}
