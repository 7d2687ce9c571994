package dev.tierway.application.port.in;

import java.util.List;

/** Reads experiments out. */
public interface QueryExperiments {
    /** Every {@code ab-test} rule in force, in its order. */
    List<ExperimentReport> experiments();
}
