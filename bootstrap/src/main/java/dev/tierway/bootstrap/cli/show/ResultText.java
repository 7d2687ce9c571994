package dev.tierway.bootstrap.cli.show;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What came of one attempt, in a line. */
final class ResultText {
    private ResultText() {}

    static String of(JsonNode result) {
        List<String> words = new ArrayList<>();
        words.add(what(result));
        if (!Words.isUnknown(result.path("commit_ms"))) {
            words.add("began after " + Words.span(result.path("commit_ms")));
        }
        words.add("over after " + Words.span(result.path("end_ms")));
        JsonNode tokens = result.path("tokens");
        if (!Words.isUnknown(tokens)) {
            words.add(tokens.path("input").asText() + " tokens in, "
                    + tokens.path("output").asText() + " out");
        }
        words.add(charge(result));
        String verdict = result.path("verdict").asText();
        if (!verdict.equals("delivered")) {
            words.add("then " + verdict.replace('_', ' '));
        }
        return String.join(", ", words);
    }

    private static String what(JsonNode result) {
        if (!Words.isUnknown(result.path("denied_by"))) {
            return "denied by " + result.path("denied_by").asText();
        }
        if (Words.isUnknown(result.path("class"))) {
            return "answered";
        }
        String status = Words.isUnknown(result.path("upstream_status"))
                ? ""
                : " (HTTP " + result.path("upstream_status").asText() + ")";
        String retry = Words.isUnknown(result.path("retry_after_ms"))
                ? ""
                : ", retry after " + Words.span(result.path("retry_after_ms"));
        return result.path("class").asText() + status + retry;
    }

    private static String charge(JsonNode result) {
        String charge = result.path("charge").asText().replace('_', ' ');
        return switch (charge) {
            case "settled" ->
                Words.isUnknown(result.path("cost_usd"))
                        ? "cost unknown"
                        : result.path("cost_usd").asText() + " USD";
            case "unknown" -> "cost unknown, charged as estimated";
            default -> charge;
        };
    }
}
