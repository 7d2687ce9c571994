package dev.tierway.domain.call;

/** The clocks a call keeps itself; connect, first-token and idle are the transport's. */
public enum TimerKind {
    /** The whole call is over. */
    TOTAL,
    /** A parked call looks again. */
    PARK,
    /** Time for a second attempt beside the first. */
    HEDGE,
    /** The call's time is over; what it cancelled has had a moment to say what it used. */
    CLOSING
}
