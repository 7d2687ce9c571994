package dev.tierway.domain.call;

import java.util.ArrayList;
import java.util.List;

/** Ends every attempt of a call in which something of ours threw: no permit and no reservation is left behind. */
final class Breakdown {
    private Breakdown() {}

    /**
     * @param event while it was taken
     * @param thrown gets what throws on the way as suppressed
     */
    static List<Action> endAll(Event event, Attempts attempts, Throwable thrown, long nowNanos) {
        List<Action> actions = new ArrayList<>();
        switch (event) {
            case Event.Reserved reserved -> actions.addAll(attempts.breakReserving(reserved.attempt(), true, nowNanos));
            case Event.Denied denied -> attempts.breakReserving(denied.attempt(), false, nowNanos);
            case Event.ReserveFailed failed -> attempts.breakReserving(failed.attempt(), false, nowNanos);
            case Event.Started started -> {}
            case Event.Sent sent -> {}
            case Event.Committed committed -> {}
            case Event.Delivered delivered -> {}
            case Event.Failed failed -> {}
            case Event.Fired fired -> {}
            case Event.SlotOffered offered -> {}
            case Event.Shed shed -> {}
            case Event.ClientLeft left -> {}
            case Event.Stopped stopped -> {}
            case Event.Overruled overruled -> {}
            case Event.Halted halted -> {}
        }
        actions.addAll(attempts.breakAll(thrown, nowNanos));
        return actions;
    }
}
