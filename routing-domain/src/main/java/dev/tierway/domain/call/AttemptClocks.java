package dev.tierway.domain.call;

/**
 * How long an attempt may take, in nanoseconds from its start.
 *
 * @param firstTokenNanos until the first semantic token of a stream
 * @param idleNanos between two events, counted only while we read
 * @param wholeNanos until the end of a unary reply; a flowing stream is ended by the call's total only
 */
public record AttemptClocks(long connectNanos, long firstTokenNanos, long idleNanos, long wholeNanos) {}
