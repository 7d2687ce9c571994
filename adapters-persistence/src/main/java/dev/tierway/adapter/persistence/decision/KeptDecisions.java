package dev.tierway.adapter.persistence.decision;

import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.Selection;

/** Which decisions are worth a row: failures, spills and a sample. */
public final class KeptDecisions {
    /** One in so many of the others. */
    private static final long SAMPLE = 100;

    private KeptDecisions() {}

    /** Dry runs decide nothing, so they are remembered in memory only. */
    public static boolean isKept(Selection selection) {
        if (selection.result() == null) {
            return false;
        }
        return !(selection.result() instanceof CallResult.Answer)
                || DecisionFacts.spilled(selection)
                || isSampled(selection.seed());
    }

    /** By the call's seed, so that the same call is sampled wherever it is replayed. */
    private static boolean isSampled(long seed) {
        long mixed = (seed ^ seed >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return Long.remainderUnsigned(mixed ^ mixed >>> 33, SAMPLE) == 0;
    }
}
