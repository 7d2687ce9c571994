package dev.tierway.application.port.in;

/** What instances told each other of the fleet. */
public interface QueryHints {
    HintCounts hints();

    /**
     * Since the start.
     *
     * @param told to other instances
     * @param used heard from them, and taken into account
     * @param ignored heard from them of what isn't configured here
     */
    record HintCounts(long told, long used, long ignored) {}
}
