package dev.tierway.simulation;

import java.util.List;

/**
 * What happens in a run beside calls and ordinary bad luck.
 *
 * @param faulted replicas whose traffic shows how the fault was met
 * @param fromNanos when the fault begins
 * @param untilNanos when it ends
 * @param dead whether the faulted answer nothing at all meanwhile, while the others can carry the load
 */
record Plot(
        List<Fault> faults,
        List<Change> changes,
        List<Integer> faulted,
        long fromNanos,
        long untilNanos,
        boolean dead) {
    /** The operator changes the configuration. */
    record Change(long atNanos, Configuration to) {}
}
