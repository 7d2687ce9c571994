package dev.tierway.bootstrap.cli.conformance;

/**
 * One case at one replica.
 *
 * @param check the case's name
 * @param millis how long it took; 0 if nothing was sent
 */
public record Finding(String replica, String check, Outcome outcome, long millis) {
    public boolean failed() {
        return outcome.verdict() == Outcome.Verdict.FAIL;
    }
}
