package dev.tierway.application.port.out;

/**
 * A stored key with the place of its latest change among all changes.
 *
 * @param number 1 or more
 */
public record NumberedKey(long number, StoredKey key) {}
