package dev.tierway.application.service;

import dev.tierway.domain.call.Selection;
import java.util.function.BooleanSupplier;

/** The end of a call: told to plugins, then to its caller, then remembered. */
final class CallEnding {
    private final CallParty party;
    private final AttemptAccounts accounts;
    private final Listeners listeners;
    private final BooleanSupplier settled;
    private final Runnable whenSettled;
    private boolean over;
    private boolean told;
    private boolean gone;

    /**
     * @param settled whether no event matters any more
     * @param whenSettled runs once, when that holds and the caller has been told
     */
    CallEnding(
            CallParty party,
            AttemptAccounts accounts,
            Listeners listeners,
            BooleanSupplier settled,
            Runnable whenSettled) {
        this.party = party;
        this.accounts = accounts;
        this.listeners = listeners;
        this.settled = settled;
        this.whenSettled = whenSettled;
    }

    /** Whether the routing has come to an end. */
    boolean over() {
        return over;
    }

    /** Whether all is over. */
    boolean gone() {
        return gone;
    }

    void finish(Selection selection) {
        over = true;
        accounts.over(selection.result());
        party.finale().end(selection, this::tell);
        accounts.release();
    }

    /** The last word: what plugins made of the end is what everybody hears. */
    private void tell(Selection last) {
        String callId = last.identity().callId();
        Selection selection =
                listeners.guarded(callId, last, () -> party.caller().judged(last));
        listeners.guard(callId, () -> party.caller().end(selection));
        accounts.remember(selection);
        told = true;
        settle();
    }

    void settle() {
        if (told && !gone && settled.getAsBoolean()) {
            gone = true;
            whenSettled.run();
        }
    }
}
