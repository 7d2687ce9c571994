package dev.tierway.adapter.persistence;

import org.jspecify.annotations.Nullable;

/**
 * How a durable store is doing.
 *
 * @param up whether what is handed to it is being written
 * @param problem why not; null if it is up
 * @param waiting writes handed over and not yet on disk
 * @param written writes on disk since it was opened
 * @param retried times a group of writes failed and was kept to be tried again
 * @param lost writes given up: the queue was full, or they could never be written
 */
public record StoreHealth(boolean up, @Nullable String problem, int waiting, long written, long retried, long lost) {}
