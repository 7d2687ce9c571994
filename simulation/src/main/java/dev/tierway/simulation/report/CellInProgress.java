package dev.tierway.simulation.report;

import dev.tierway.simulation.TrialResult;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the trials of a cell, in whatever order they end. */
final class CellInProgress {
    private final String scenario;
    private final double load;
    private final Map<String, @Nullable TrialResult[]> results = new LinkedHashMap<>();
    private int missing;
    private @Nullable CellReport report;

    CellInProgress(String scenario, double load, List<String> contenders, int seeds) {
        this.scenario = scenario;
        this.load = load;
        contenders.forEach(contender -> results.put(contender, new TrialResult[seeds]));
        missing = contenders.size() * seeds;
    }

    String scenario() {
        return scenario;
    }

    double load() {
        return load;
    }

    /** True for the last one. */
    synchronized boolean add(String contender, int seed, TrialResult result) {
        @Nullable TrialResult[] bySeed = results.get(contender);
        if (bySeed == null || bySeed[seed] != null) {
            throw new IllegalStateException("unexpected trial " + result.trial());
        }
        bySeed[seed] = result;
        return --missing == 0;
    }

    /** Keeps the figures, and lets the samples go. */
    synchronized void sumUp(List<String> shown, Bootstrap bootstrap) {
        Map<String, List<TrialResult>> complete = new LinkedHashMap<>();
        results.forEach((contender, bySeed) -> complete.put(
                contender, Arrays.stream(bySeed).map(CellInProgress::present).toList()));
        report = CellReport.of(new Cell(scenario, load, complete), shown, bootstrap);
        results.clear();
    }

    private static TrialResult present(@Nullable TrialResult result) {
        if (result == null) {
            throw new IllegalStateException("a trial is missing");
        }
        return result;
    }

    synchronized CellReport report() {
        if (report == null) {
            throw new IllegalStateException("not all trials are over");
        }
        return report;
    }
}
