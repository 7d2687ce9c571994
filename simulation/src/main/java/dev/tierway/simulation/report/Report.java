package dev.tierway.simulation.report;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What came of a run. The same for the same plan, trace and program, however many threads ran it.
 *
 * @param config the file whose fleet was simulated; null: the built-in one
 * @param comparisons of adaptive with each other contender, as far as adaptive was run
 * @param faultsHit how often each fault met a call in which state, over all trials
 * @param violations of the invariants, in words
 * @param traceHash of all trials' hashes in their order
 */
public record Report(
        String trace,
        @Nullable String config,
        Plan plan,
        List<Row> rows,
        List<Comparison> comparisons,
        SortedMap<String, Long> faultsHit,
        List<String> violations,
        long traceHash) {
    public Report {
        rows = List.copyOf(rows);
        comparisons = List.copyOf(comparisons);
        faultsHit = Collections.unmodifiableSortedMap(new TreeMap<>(faultsHit));
        violations = List.copyOf(violations);
    }

    /** A contender's row, if it was run and asked for. */
    public Optional<Row> row(String scenario, double load, String contender) {
        return rows.stream()
                .filter(row -> row.scenario().equals(scenario)
                        && row.load() == load
                        && row.strategy().equals(contender))
                .findFirst();
    }
}
