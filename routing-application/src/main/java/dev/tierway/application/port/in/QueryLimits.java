package dev.tierway.application.port.in;

import java.util.concurrent.CompletionStage;

/** What those who call have left of their limits. */
public interface QueryLimits {
    /** How many limits are shown at once. */
    int MOST = 1000;

    /** Asks the store; a store that doesn't answer is an answer, too: see {@link LimitsStatus#problem}. Takes nothing. */
    CompletionStage<LimitsStatus> limits();
}
