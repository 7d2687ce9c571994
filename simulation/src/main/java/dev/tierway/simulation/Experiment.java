package dev.tierway.simulation;

import java.util.List;

/** A fleet, what may go wrong with it, and who may route its calls. Safe to use from several threads. */
public interface Experiment {
    /** Ids of what may go wrong, in the order of reports. */
    List<String> scenarios();

    /** Ids of who may route, in the order of reports. */
    List<String> contenders();

    /**
     * Runs a trace once.
     *
     * @throws IllegalArgumentException for an unknown scenario or contender, or a load that isn't more than 0
     */
    TrialResult run(Trial trial, Trace trace);
}
