package dev.tierway.simulation.baseline;

import java.util.List;

/** A router of the kind people use today. One per run; single-threaded. */
public interface Balancer {
    /** Instead of a backend: the call fails. */
    int GIVE_UP = -1;

    /** Instead of a backend: the call sleeps, see {@link Ride#sleepUntil}. */
    int WAIT = -2;

    /** The configuration, at the start and whenever it changes. */
    void configure(List<Backend> backends);

    /** Where the call's next attempt goes: a backend's index, {@link #GIVE_UP} or {@link #WAIT}. */
    int pick(Ride ride, long nowNanos);

    default void sent(int backend, long nowNanos) {}

    default void ended(int backend, Outcome outcome, long nowNanos) {}
}
