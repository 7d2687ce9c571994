package dev.tierway.simulation;

import dev.tierway.simulation.world.Request;
import java.util.List;

/** Who routes the calls of one run. Single-threaded, in virtual time. */
interface Contender {
    /** A call begins now. */
    void begin(Request request);

    /** The operator has changed the configuration. */
    void configure(Configuration now);

    /** What it did against the invariants, once all calls are over; baselines promise nothing. */
    default List<String> violations() {
        return List.of();
    }
}
