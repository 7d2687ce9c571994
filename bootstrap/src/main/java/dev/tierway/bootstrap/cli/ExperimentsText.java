package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.bootstrap.cli.show.TextTable;
import dev.tierway.bootstrap.cli.show.Words;
import java.util.function.Function;

/** Experiments for people. */
final class ExperimentsText {
    private ExperimentsText() {}

    static String of(JsonNode experiments) {
        if (experiments.isEmpty()) {
            return "There is no ab-test rule.\n";
        }
        StringBuilder text = new StringBuilder();
        experiments.forEach(
                experiment -> text.append(text.isEmpty() ? "" : "\n").append(one(experiment)));
        return text.append("\nIntervals are 95 %. Spilled and left-out calls are in no other figure.\n")
                .toString();
    }

    private static String one(JsonNode experiment) {
        TextTable table = new TextTable(
                "ARM",
                "TO",
                ">WEIGHT",
                ">CALLS",
                ">DELIVERED",
                ">FAILED",
                ">SPILLED",
                ">LEFT OUT",
                "SUCCESS",
                "MEAN COST USD",
                "MEAN TOTAL",
                "MEDIAN TOTAL",
                "MEDIAN TTFT");
        for (JsonNode arm : experiment.path("arms")) {
            table.row(
                    Words.text(arm.path("arm")),
                    Words.text(arm.path("to")),
                    Words.text(arm.path("weight")),
                    Words.text(arm.path("calls")),
                    Words.text(arm.path("delivered")),
                    Words.text(arm.path("failed")),
                    Words.text(arm.path("spilled")),
                    Words.text(arm.path("left_out")),
                    estimate(arm.path("success"), Words::percent),
                    estimate(arm.path("mean_cost_usd"), Words::dollars),
                    estimate(arm.path("mean_total_ms"), Words::span),
                    estimate(arm.path("median_total_ms"), Words::span),
                    estimate(arm.path("median_ttft_ms"), Words::span));
        }
        boolean on = experiment.path("enabled").asBoolean();
        return "rule " + Words.text(experiment.path("rule")) + ", sticky by "
                + Words.text(experiment.path("sticky_by"))
                + (on ? "" : ", switched off") + "\n" + table.render("");
    }

    private static String estimate(JsonNode estimate, Function<JsonNode, String> words) {
        JsonNode low = estimate.path("low");
        return words.apply(estimate.path("value"))
                + (Words.isUnknown(low)
                        ? ""
                        : " [" + words.apply(low) + " .. " + words.apply(estimate.path("high")) + "]");
    }
}
