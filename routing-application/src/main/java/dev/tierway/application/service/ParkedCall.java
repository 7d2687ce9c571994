package dev.tierway.application.service;

import dev.tierway.application.port.out.CallExecutor;
import java.util.function.BooleanSupplier;

/** One call's place among those that wait for a slot. Everything runs on the call's executor. */
final class ParkedCall {
    private final ParkingLot lot;
    private final CallExecutor executor;
    private final BooleanSupplier look;
    private final ParkingLot.Waiting place = this::offered;
    private boolean parked;

    /** @param look tells the call that a slot is free; false if the call is over by then */
    ParkedCall(ParkingLot lot, CallExecutor executor, BooleanSupplier look) {
        this.lot = lot;
        this.executor = executor;
        this.look = look;
    }

    void enter() {
        parked = true;
        lot.enter(place);
    }

    void leave() {
        if (parked) {
            parked = false;
            lot.leave(place);
        }
    }

    /** Later, and not on the stack of whoever freed the slot. */
    private void offered(Runnable declined) {
        executor.execute(() -> {
            boolean waited = parked;
            boolean goesOn = look.getAsBoolean();
            if (!waited || parked || !goesOn) {
                declined.run();
            }
        });
    }
}
