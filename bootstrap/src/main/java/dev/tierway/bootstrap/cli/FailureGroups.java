package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.bootstrap.cli.show.TextTable;
import dev.tierway.bootstrap.cli.show.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls that weren't answered, by what callers were told and by why the first candidate was refused; the most first. */
final class FailureGroups {
    /** What calls of a group have in common; {@code refused} is null if nobody was refused. */
    private record Cause(
            String code, @Nullable String refused, @Nullable String failure) {}

    private final Map<Cause, List<JsonNode>> groups = new LinkedHashMap<>();
    private final boolean cut;

    /**
     * @param failed decisions, the newest first
     * @param cut whether there are older ones that weren't looked at
     */
    FailureGroups(Iterable<JsonNode> failed, boolean cut) {
        this.cut = cut;
        for (JsonNode decision : failed) {
            groups.computeIfAbsent(causeOf(decision), cause -> new ArrayList<>())
                    .add(decision);
        }
    }

    private static Cause causeOf(JsonNode decision) {
        JsonNode outcome = decision.path("outcome");
        String code = Words.isUnknown(outcome.path("code"))
                ? outcome.path("status").asText()
                : outcome.path("code").asText();
        return new Cause(code, firstRefused(decision.path("rounds")), lastFailure(decision.path("rounds")));
    }

    /** Of the round in which nobody was left, else of the first that refused somebody. */
    private static @Nullable String firstRefused(JsonNode rounds) {
        String first = null;
        for (JsonNode round : rounds) {
            String reason = firstReason(round.path("candidates"));
            if (reason != null && round.path("chose").isNull()) {
                return reason;
            }
            first = first == null ? reason : first;
        }
        return first;
    }

    private static @Nullable String firstReason(JsonNode candidates) {
        for (JsonNode candidate : candidates) {
            JsonNode reason = candidate.at("/reasons/0/code");
            if (candidate.path("verdict").asText().equals("rejected") && !Words.isUnknown(reason)) {
                return reason.asText();
            }
        }
        return null;
    }

    private static @Nullable String lastFailure(JsonNode rounds) {
        String last = null;
        for (JsonNode round : rounds) {
            JsonNode failure = round.at("/result/class");
            last = Words.isUnknown(failure) ? last : failure.asText();
        }
        return last;
    }

    private List<Map.Entry<Cause, List<JsonNode>>> sorted() {
        return groups.entrySet().stream()
                .sorted(Comparator.comparingInt(group -> -group.getValue().size()))
                .toList();
    }

    List<Map<String, @Nullable Object>> document() {
        List<Map<String, @Nullable Object>> documents = new ArrayList<>();
        for (Map.Entry<Cause, List<JsonNode>> group : sorted()) {
            JsonNode newest = group.getValue().getFirst();
            Map<String, @Nullable Object> json = new LinkedHashMap<>();
            json.put("calls", group.getValue().size());
            json.put("code", group.getKey().code());
            json.put("http_status", newest.at("/outcome/http_status"));
            json.put("first_refused", group.getKey().refused());
            json.put("last_failure", group.getKey().failure());
            json.put("newest", newest.path("id"));
            json.put("newest_at", newest.path("at"));
            documents.add(json);
        }
        return documents;
    }

    /** @param since as it was typed; null: everything kept */
    String table(@Nullable String since) {
        TextTable table =
                new TextTable(">CALLS", "CODE", ">HTTP", "FIRST REFUSED", "LAST FAILURE", "NEWEST", "AT", "ASKED");
        for (Map.Entry<Cause, List<JsonNode>> group : sorted()) {
            JsonNode newest = group.getValue().getFirst();
            table.row(
                    String.valueOf(group.getValue().size()),
                    group.getKey().code(),
                    Words.text(newest.at("/outcome/http_status")),
                    known(group.getKey().refused()),
                    known(group.getKey().failure()),
                    Words.text(newest.path("id")),
                    Words.text(newest.path("at")),
                    Words.text(newest.at("/asked/address")));
        }
        if (table.isEmpty()) {
            return "No decisions of calls that failed" + (since == null ? "" : " since " + since) + ".\n";
        }
        return table.render("")
                + (cut ? "Older ones weren't looked at; narrow with --since.\n" : "")
                + "What to do about each code: docs/runbook.md. One call whole: tierway decisions ID; all of them:"
                + " --each\n";
    }

    private static String known(@Nullable String word) {
        return word == null ? Words.UNKNOWN : word;
    }
}
