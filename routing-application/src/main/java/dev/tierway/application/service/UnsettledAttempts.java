package dev.tierway.application.service;

import dev.tierway.application.port.out.AttemptMemo;
import dev.tierway.application.port.out.CallLedger;
import dev.tierway.application.port.out.ExpiredReservations;
import dev.tierway.application.port.out.LedgerRow;
import dev.tierway.application.port.out.RoutingListener;
import dev.tierway.application.port.out.WallClock;
import dev.tierway.domain.quota.Amounts;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Writes into the account book what nobody ever told the end of: as much as stays charged, marked as an estimate. Listeners hear
 * of it as of any attempt that ended.
 */
public final class UnsettledAttempts implements ExpiredReservations {
    /** A store finds those of a killed process while it opens: more than these are in the book alone. */
    private static final int MOST_UNTOLD = 1000;

    private final CallLedger ledger;
    private final WallClock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<LedgerRow> untold = new ArrayList<>();
    private volatile @Nullable Listeners listeners;

    public UnsettledAttempts(CallLedger ledger, WallClock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /** From now on these hear of it, and now of what came before. */
    public void tell(List<RoutingListener> all) {
        Listeners told = new Listeners(all);
        lock.lock();
        try {
            listeners = told;
            untold.forEach(told::attemptEnded);
            untold.clear();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void expired(AttemptMemo memo, Amounts estimate) {
        LedgerRow row = LedgerRow.ofUnknownOutcome(memo, clock.epochMillis(), estimate);
        ledger.append(row);
        Listeners told = listeners;
        if (told == null) {
            told = kept(row);
        }
        if (told != null) {
            told.attemptEnded(row);
        }
    }

    private @Nullable Listeners kept(LedgerRow row) {
        lock.lock();
        try {
            if (listeners == null && untold.size() < MOST_UNTOLD) {
                untold.add(row);
            }
            return listeners;
        } finally {
            lock.unlock();
        }
    }
}
