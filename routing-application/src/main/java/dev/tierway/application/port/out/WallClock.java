package dev.tierway.application.port.out;

/** Time for people; may step. */
public interface WallClock {
    long epochMillis();
}
