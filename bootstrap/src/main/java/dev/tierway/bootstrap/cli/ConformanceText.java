package dev.tierway.bootstrap.cli;

import dev.tierway.bootstrap.cli.conformance.Finding;
import dev.tierway.bootstrap.cli.conformance.Outcome.Verdict;
import dev.tierway.bootstrap.cli.show.TextTable;
import dev.tierway.bootstrap.cli.show.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a conformance run found, for people and for scripts. */
final class ConformanceText {
    private ConformanceText() {}

    static String of(List<Finding> findings) {
        // One heading more than a row has cells: what was found may take several lines.
        TextTable table = new TextTable("REPLICA", "CASE", "", ">TIME", "FOUND", "");
        for (Finding one : findings) {
            table.row(
                    one.replica(),
                    one.check(),
                    one.outcome().verdict().toString(),
                    one.outcome().verdict() == Verdict.NOT_APPLICABLE && one.millis() == 0
                            ? Words.UNKNOWN
                            : Words.span(one.millis()),
                    one.outcome().words());
        }
        return table.render("")
                + count(findings, Verdict.PASS) + " passed, "
                + count(findings, Verdict.FAIL) + " failed, "
                + count(findings, Verdict.NOT_APPLICABLE) + " not applicable.\n";
    }

    static Map<String, Object> document(List<Finding> findings) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("passed", count(findings, Verdict.PASS));
        document.put("failed", count(findings, Verdict.FAIL));
        document.put("not_applicable", count(findings, Verdict.NOT_APPLICABLE));
        document.put("cases", findings.stream().map(ConformanceText::document).toList());
        return document;
    }

    private static Map<String, Object> document(Finding one) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("replica", one.replica());
        document.put("case", one.check());
        document.put(
                "verdict",
                switch (one.outcome().verdict()) {
                    case PASS -> "pass";
                    case FAIL -> "fail";
                    case NOT_APPLICABLE -> "not_applicable";
                });
        document.put("ms", one.millis());
        document.put("found", one.outcome().words());
        return document;
    }

    private static long count(List<Finding> findings, Verdict verdict) {
        return findings.stream()
                .filter(one -> one.outcome().verdict() == verdict)
                .count();
    }
}
