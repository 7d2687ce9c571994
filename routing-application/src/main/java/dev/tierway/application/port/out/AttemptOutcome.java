package dev.tierway.application.port.out;

import java.util.Locale;

/** What became of an attempt, in the account book. */
public enum AttemptOutcome {
    /** Its answer was the caller's, whole. */
    DELIVERED,
    /** Its failure class says how; also when a stream broke after the caller had seen some of it. */
    FAILED,
    /** Another attempt of the call answered first. What it had used is charged all the same. */
    ABANDONED,
    /** The caller left, the caller's deadline passed, or somebody ended the call. */
    CANCELLED,
    /** The process ended before it was known: what was reserved stays charged, as an estimate. */
    UNKNOWN;

    private final String id = name().toLowerCase(Locale.ROOT);

    /** The name in queries, exports and documents. */
    public String id() {
        return id;
    }
}
