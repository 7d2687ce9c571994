package dev.tierway.application.port.out;

/**
 * A stored action with its place among all.
 *
 * @param number 1 or more
 */
public record NumberedOrder(long number, GivenOrder given) {}
