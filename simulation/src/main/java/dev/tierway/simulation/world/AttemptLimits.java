package dev.tierway.simulation.world;

/** The clocks a client keeps for one attempt, in nanoseconds: until the connection stands, and until the first token. */
public record AttemptLimits(long connectNanos, long firstTokenNanos) {}
