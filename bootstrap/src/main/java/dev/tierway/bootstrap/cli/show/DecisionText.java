package dev.tierway.bootstrap.cli.show;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** A decision for people: each attempt's candidates as a table, what came of the attempt, and the summary. */
public final class DecisionText {
    private static final List<String> TERMS = List.of("local_bonus", "price", "latency", "quota_pressure", "failure");
    private static final int LINE = 98;

    private final JsonNode decision;
    private final String indent;

    private DecisionText(JsonNode decision, String indent) {
        this.decision = decision;
        this.indent = indent;
    }

    /** @param decision one document as the API gives it */
    public static String of(JsonNode decision, String indent) {
        return new DecisionText(decision, indent).write();
    }

    private String write() {
        StringBuilder text = new StringBuilder();
        JsonNode asked = decision.path("asked");
        text.append(indent).append(Words.text(decision.path("id"))).append(": ");
        text.append(Words.text(asked.path("address"))).append(" (").append(Words.text(asked.path("level")));
        if (!Words.isUnknown(asked.path("route"))) {
            text.append(", route ").append(asked.path("route").asText());
        }
        text.append(", ").append(Words.text(asked.path("strategy"))).append(")");
        text.append(decision.path("dry_run").asBoolean() ? ", dry run\n" : "\n");
        decision.path("rounds").forEach(round -> round(round, text));
        JsonNode whyNot = decision.path("why_not");
        if (whyNot.isObject()) {
            wrapped(
                    "why not " + whyNot.path("replica").asText() + ": "
                            + whyNot.path("summary").asText(),
                    text);
        }
        decision.path("warnings").forEach(warning -> wrapped("warning: " + warning.asText(), text));
        wrapped("=> " + Words.text(decision.path("summary")), text);
        return text.toString();
    }

    private void round(JsonNode round, StringBuilder text) {
        boolean chosen = !Words.isUnknown(round.path("chose"));
        text.append(indent)
                .append("attempt ")
                .append(round.path("attempt").asInt())
                .append(": ");
        text.append(chosen ? round.path("chose").asText() + ", " : "");
        text.append(round.path("because").asText().replace('_', ' '));
        if (!Words.isUnknown(round.path("propensity"))) {
            text.append(" (p = ").append(round.path("propensity").asText()).append(')');
        }
        if (!Words.isUnknown(round.path("decided_by"))) {
            text.append(", over ")
                    .append(round.path("runner_up").asText())
                    .append(" by ")
                    .append(round.path("decided_by").asText().replace('_', ' '));
        }
        text.append('\n').append(candidates(round.path("candidates")).render(indent + "  "));
        String omitted = Words.members(round.path("omitted"), List.of());
        if (!omitted.isEmpty()) {
            text.append(indent).append("  not shown: ").append(omitted).append('\n');
        }
        if (!Words.isUnknown(round.path("result"))) {
            wrapped("-> " + ResultText.of(round.path("result")), text);
        }
    }

    /** A term that is zero for everybody has no column. */
    private static TextTable candidates(JsonNode candidates) {
        List<String> terms =
                TERMS.stream().filter(term -> matters(candidates, term)).toList();
        List<String> headings = new ArrayList<>(List.of("REPLICA", "VERDICT", ">INDEX $"));
        terms.forEach(term -> headings.add(">" + heading(term)));
        headings.addAll(List.of(">SUCCESS", ">TTFT"));
        TextTable table = new TextTable(headings.toArray(String[]::new));
        candidates.forEach(candidate -> table.row(row(candidate, terms)));
        return table;
    }

    private static boolean matters(JsonNode candidates, String term) {
        return StreamSupport.stream(candidates.spliterator(), false)
                .anyMatch(one -> one.path("terms_usd").path(term).asDouble() != 0);
    }

    private static String heading(String term) {
        return switch (term) {
            case "local_bonus" -> "LOCAL $";
            case "quota_pressure" -> "QUOTA $";
            case "price" -> "PRICE $";
            case "latency" -> "LATENCY $";
            default -> "FAILURE $";
        };
    }

    private static List<String> row(JsonNode candidate, List<String> terms) {
        List<String> cells = new ArrayList<>();
        cells.add(candidate.path("replica").asText());
        cells.add(candidate.path("verdict").asText());
        if (!candidate.path("reasons").isEmpty()) {
            cells.add(reasons(candidate.path("reasons")));
            return cells;
        }
        JsonNode facts = candidate.path("facts");
        boolean priceKnown = facts.path("price_known").asBoolean(true);
        cells.add(Words.dollars(candidate.path("index_usd")));
        for (String term : terms) {
            String dollars = Words.dollars(candidate.path("terms_usd").path(term));
            cells.add(term.equals("price") && !priceKnown ? "~" + dollars : dollars);
        }
        cells.add(Words.percent(candidate.path("success")));
        String ttft = Words.span(facts.path("ttft_ms"));
        boolean guessed = !facts.path("latency_measured").asBoolean(true) && !ttft.equals(Words.UNKNOWN);
        cells.add(guessed ? "~" + ttft : ttft);
        return cells;
    }

    private static String reasons(JsonNode reasons) {
        List<String> words = new ArrayList<>();
        for (JsonNode reason : reasons) {
            String facts = Words.members(reason, List.of("code", "kind"));
            words.add(reason.path("code").asText() + (facts.isEmpty() ? "" : " (" + facts + ")"));
        }
        return String.join("; ", words);
    }

    private void wrapped(String sentence, StringBuilder text) {
        text.append(Lines.wrap(sentence, indent, indent + "   ", LINE));
    }
}
