package dev.tierway.application.service;

import dev.tierway.application.port.out.AttemptMemo;
import dev.tierway.application.port.out.CallLedger;
import dev.tierway.application.port.out.ExpiredReservations;
import dev.tierway.application.port.out.LedgerRow;
import dev.tierway.domain.quota.Amounts;

/** Writes into the account book what nobody ever told the end of: usage and cost are unknown. */
public final class UnsettledAttempts implements ExpiredReservations {
    private final CallLedger ledger;

    public UnsettledAttempts(CallLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void expired(AttemptMemo memo, Amounts estimate) {
        ledger.append(new LedgerRow(
                memo.attempt(),
                memo.requestId(),
                memo.replica(),
                memo.provider(),
                memo.model(),
                memo.atEpochMillis(),
                0,
                null,
                null,
                null,
                memo.key(),
                memo.agent(),
                memo.workflow()));
    }
}
