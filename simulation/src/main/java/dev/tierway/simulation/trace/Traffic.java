package dev.tierway.simulation.trace;

import dev.tierway.simulation.Trace;

/** Where the calls of a run come from. Contenders that run with the same seed get the same calls. */
public sealed interface Traffic permits Recorded, Generated {
    /** As reports show it. */
    String name();

    /** The calls of a run with that seed. */
    Trace calls(long seed);
}
