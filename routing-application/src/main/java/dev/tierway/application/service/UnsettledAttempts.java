package dev.tierway.application.service;

import dev.tierway.application.port.out.AttemptMemo;
import dev.tierway.application.port.out.CallLedger;
import dev.tierway.application.port.out.ExpiredReservations;
import dev.tierway.application.port.out.LedgerRow;
import dev.tierway.application.port.out.WallClock;
import dev.tierway.domain.quota.Amounts;

/** Writes into the account book what nobody ever told the end of: as much as stays charged, marked as an estimate. */
public final class UnsettledAttempts implements ExpiredReservations {
    private final CallLedger ledger;
    private final WallClock clock;

    public UnsettledAttempts(CallLedger ledger, WallClock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    @Override
    public void expired(AttemptMemo memo, Amounts estimate) {
        ledger.append(LedgerRow.ofUnknownOutcome(memo, clock.epochMillis(), estimate));
    }
}
