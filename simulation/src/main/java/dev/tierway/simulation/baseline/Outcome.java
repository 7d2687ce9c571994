package dev.tierway.simulation.baseline;

/**
 * What a client saw of an attempt that has ended.
 *
 * @param delivered answered whole
 * @param status the HTTP status; 0 if there was none
 * @param retryAfterMillis what the vendor asked for; -1 if it didn't
 * @param ttftNanos until the first token; -1 if there was none
 * @param totalNanos the whole attempt
 */
public record Outcome(boolean delivered, int status, long retryAfterMillis, long ttftNanos, long totalNanos) {}
