package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.bootstrap.cli.show.TextTable;
import dev.tierway.bootstrap.cli.show.Words;
import java.util.ArrayList;
import java.util.List;

/** A fleet for people. */
final class FleetText {
    private FleetText() {}

    static String of(JsonNode fleet) {
        TextTable replicas = new TextTable(
                "REPLICA",
                "TIER",
                "STATUS",
                "PHASE",
                "CIRCUIT",
                ">CALLS",
                ">ERRORS",
                ">IN FLIGHT",
                ">SUCCESS",
                ">TTFT",
                ">HEADROOM");
        fleet.path("replicas").forEach(replica -> replicas.row(replica(replica)));
        return "configuration " + Words.text(fleet.path("generation")) + ", strategy "
                + Words.text(fleet.path("strategy")) + "\n\n"
                + replicas.render("")
                + "\n"
                + groups("MODEL", fleet.path("models"))
                + "\n"
                + groups("PROVIDER", fleet.path("providers"))
                + OperatorText.overrides(fleet.path("overrides"));
    }

    private static List<String> replica(JsonNode replica) {
        List<String> cells = new ArrayList<>();
        for (String name : List.of("id", "tier", "status", "phase")) {
            cells.add(Words.text(replica.path(name)));
        }
        cells.add(trust(replica));
        cells.add(Words.text(replica.path("calls")));
        cells.add(Words.text(replica.path("errors")));
        JsonNode limit = replica.path("limit");
        cells.add(Words.text(replica.path("in_flight")) + (Words.isUnknown(limit) ? "" : "/" + limit.asText()));
        cells.add(Words.percent(replica.path("success")));
        cells.add(Words.span(replica.path("ttft_millis")));
        cells.add(Words.percent(replica.path("headroom")));
        return cells;
    }

    /** The circuit and how long it stays so, how long the vendor told it to rest, and what probes have against it. */
    private static String trust(JsonNode replica) {
        String circuit = Words.text(replica.path("circuit")).replace('_', ' ');
        JsonNode until = replica.path("circuit_until_millis");
        JsonNode cooling = replica.path("cooling_down_millis");
        String found = replica.path("probe").path("result").asText("alive");
        return circuit
                + (Words.isUnknown(until) ? "" : " " + Words.span(until))
                + (Words.isUnknown(cooling) ? "" : ", cooling " + Words.span(cooling))
                + (found.equals("alive") ? "" : ", probe " + found.replace('_', ' '));
    }

    private static String groups(String heading, JsonNode groups) {
        TextTable table = new TextTable(heading, "STATUS", ">REPLICAS", ">CALLS", ">ERRORS", ">IN FLIGHT");
        groups.forEach(group -> table.row(
                Words.text(group.path("id")),
                Words.text(group.path("status")),
                Words.text(group.path("replicas")),
                Words.text(group.path("calls")),
                Words.text(group.path("errors")),
                Words.text(group.path("in_flight"))));
        return table.render("");
    }
}
