package dev.tierway.application.service;

import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Calls that wait for a slot, in the order they came. A freed one is offered to one after another until it is taken. */
final class ParkingLot {
    /** A parked call. */
    interface Waiting {
        /** @param declined to be run if the call can't use the slot; never at once, or many would pile up on the stack */
        void offer(Runnable declined);
    }

    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();

    void enter(Waiting call) {
        waiting.add(call);
    }

    void leave(Waiting call) {
        waiting.remove(call);
    }

    /** Whoever ends an attempt calls this. */
    void slotFreed() {
        offer(waiting.iterator());
    }

    private static void offer(Iterator<Waiting> calls) {
        if (calls.hasNext()) {
            calls.next().offer(() -> offer(calls));
        }
    }
}
