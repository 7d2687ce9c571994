package dev.tierway.gateway;

import dev.tierway.adapter.providers.simulated.Stage;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One fault, at one stage, in one dialect, whole or streamed, and what must come of it.
 *
 * @param id the model it is tried with
 * @param number in the fault catalogue
 * @param what the far end does
 * @param kind of provider
 */
record FaultCell(String id, String number, String what, Stage stage, String kind, boolean stream, Expected expected) {
    /** The charge where chance decides whether the provider's report of the input arrived. */
    static final String EITHER = "settled or unknown";

    /** What the call comes to while somebody else could serve it. */
    enum Course {
        /** The faulty one's answer is the caller's. */
        DELIVERS,
        /** The other one answers. */
        SPILLS,
        /** The answer had begun: nobody else is asked. */
        BREAKS
    }

    /**
     * @param failure the class; null if it delivers
     * @param charge as the decision names it
     * @param how who counted the tokens; null: nobody
     * @param leastRest what the vendor asked for, in milliseconds, at least; null: nothing valid
     * @param mostRest and at most
     */
    record Expected(
            Course course,
            @Nullable String failure,
            String charge,
            @Nullable String how,
            @Nullable Long leastRest,
            @Nullable Long mostRest) {}

    /** A fault that lasts until one of Tierway's clocks ends it. */
    boolean ofSilence() {
        return expected.failure() != null && expected.failure().equals("timeout");
    }

    @Override
    public String toString() {
        return number + " " + what + " " + stage.name().toLowerCase(Locale.ROOT) + ", " + kind
                + (stream ? ", streamed" : ", whole");
    }
}
