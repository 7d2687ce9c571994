package dev.tierway.application.port.out;

import dev.tierway.domain.quota.Amounts;

/** Hears of reservations nobody settled or refunded in time; their estimate stays charged. May be told of one twice. */
public interface ExpiredReservations {
    void expired(AttemptMemo memo, Amounts estimate);
}
