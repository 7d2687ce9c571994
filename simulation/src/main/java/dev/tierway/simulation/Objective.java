package dev.tierway.simulation;

/**
 * What a run costs its users, in dollars; lower is better.
 *
 * <p>Money spent, plus the value of the time calls took (failed calls: until they failed), plus a penalty for every
 * failed attempt, plus the value of every answer that was not delivered. The values are the policy's own: what the
 * production scorer minimises is measured in the same unit.
 */
record Objective(double latencyValueUsdPerSecond, double failurePenaltyUsd, double answerValueUsd) {
    double cost(double usd, double seconds, long failedAttempts, long undelivered) {
        return usd
                + latencyValueUsdPerSecond * seconds
                + failurePenaltyUsd * failedAttempts
                + answerValueUsd * undelivered;
    }
}
