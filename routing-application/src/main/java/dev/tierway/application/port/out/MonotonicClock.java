package dev.tierway.application.port.out;

/** Time that only goes forward. */
public interface MonotonicClock {
    long nanos();
}
