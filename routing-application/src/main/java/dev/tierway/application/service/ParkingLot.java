package dev.tierway.application.service;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Calls that wait for a slot, in the order they came. Whoever ends an attempt offers its slot to the first. */
final class ParkingLot {
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    void enter(Runnable offer) {
        waiting.add(offer);
    }

    void leave(Runnable offer) {
        waiting.remove(offer);
    }

    void slotFreed() {
        Runnable first = waiting.poll();
        if (first != null) {
            first.run();
        }
    }
}
