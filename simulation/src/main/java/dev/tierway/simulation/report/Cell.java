package dev.tierway.simulation.report;

import dev.tierway.simulation.TrialResult;
import java.util.List;
import java.util.Map;

/**
 * All trials of one scenario at one load.
 *
 * @param results by contender, one per seed in the same order of seeds
 */
record Cell(String scenario, double load, Map<String, List<TrialResult>> results) {}
