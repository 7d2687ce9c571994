package dev.tierway.application.port.in;

import org.jspecify.annotations.Nullable;

/**
 * How a store that writes behind the calls is doing.
 *
 * @param store what it keeps: {@code ledger}
 * @param up whether what is handed to it is being written
 * @param problem why not; null if it is up
 * @param waiting writes handed over and not yet durable
 * @param written rows made durable since the start
 * @param retried times a group of writes failed and was kept to be tried again
 * @param lost rows given up: too many waited, or they could never be written
 * @param closes whether every call is refused while it is down
 */
public record StoreStatus(
        String store,
        boolean up,
        @Nullable String problem,
        long waiting,
        long written,
        long retried,
        long lost,
        boolean closes) {}
