package dev.tierway.simulation.report;

import dev.tierway.domain.fleet.Mixing;
import dev.tierway.simulation.TrialResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is kept of a cell once all its trials are over; their samples aren't. */
record CellReport(
        List<Row> rows,
        List<Comparison> comparisons,
        SortedMap<String, Long> faultsHit,
        List<String> violations,
        long traceHash) {

    /** @param shown contenders that get a row; others were run for comparison only */
    static CellReport of(Cell cell, List<String> shown, Bootstrap bootstrap) {
        Map<String, Sums> sums = new LinkedHashMap<>();
        cell.results().forEach((contender, results) -> sums.put(contender, new Sums(results)));
        List<Row> rows = new ArrayList<>();
        List<Comparison> comparisons = new ArrayList<>();
        Sums adaptive = sums.get(Plan.ADAPTIVE);
        Sums oracle = sums.get(Plan.ORACLE);
        for (String contender : shown) {
            Sums own = sums.get(contender);
            List<TrialResult> results = cell.results().get(contender);
            if (own == null || results == null) {
                throw new IllegalArgumentException("no trials of " + contender);
            }
            rows.add(new Measures(own, bootstrap).row(cell, contender, results.size(), oracle));
            if (adaptive != null && !contender.equals(Plan.ADAPTIVE) && shown.contains(Plan.ADAPTIVE)) {
                comparisons.add(compare(cell, contender, adaptive, own, bootstrap));
            }
        }
        SortedMap<String, Long> hits = new TreeMap<>();
        List<String> violations = new ArrayList<>();
        long hash = 0;
        for (TrialResult result :
                cell.results().values().stream().flatMap(List::stream).toList()) {
            result.faultsHit().forEach((pair, count) -> hits.merge(pair, count, Long::sum));
            result.violations().forEach(words -> violations.add(result.trial() + ": " + words));
            hash = Mixing.mix(hash, result.traceHash());
        }
        return new CellReport(rows, comparisons, hits, violations, hash);
    }

    private static Comparison compare(Cell cell, String other, Sums ours, Sums theirs, Bootstrap bootstrap) {
        return new Comparison(
                cell.scenario(),
                cell.load(),
                other,
                bootstrap.estimate(Sums.difference(ours.success(), theirs.success())),
                bootstrap.estimate(Sums.ratio(ours.failures(), theirs.failures())),
                bootstrap.estimate(Sums.ratio(ours.ttftMillis(0.99), theirs.ttftMillis(0.99))),
                excess(ours, theirs, bootstrap));
    }

    /** How much more one costs than another, as a share of the other's cost. */
    static @Nullable Estimate excess(Sums ours, Sums theirs, Bootstrap bootstrap) {
        return bootstrap.estimate(Sums.ratio(Sums.difference(ours.cost(), theirs.cost()), theirs.cost()));
    }
}
