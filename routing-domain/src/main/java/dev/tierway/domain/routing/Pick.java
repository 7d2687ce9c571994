package dev.tierway.domain.routing;

/**
 * Who was picked, why, and how likely that was.
 *
 * @param propensity the probability with which this candidate was picked, in (0, 1]
 */
public record Pick(Candidate candidate, Choice.Because because, double propensity) {
    /** A strategy's pick. */
    public static Pick of(Candidate candidate, double propensity) {
        return new Pick(candidate, Choice.Because.STRATEGY, propensity);
    }
}
