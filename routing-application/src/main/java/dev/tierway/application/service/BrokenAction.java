package dev.tierway.application.service;

import dev.tierway.domain.call.Action;
import dev.tierway.domain.call.Event;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.failure.Processed;
import org.jspecify.annotations.Nullable;

/** What an action should have brought about, answered as failed because it threw. */
final class BrokenAction {
    private BrokenAction() {}

    /** Null if the call waits for nothing of it. */
    static @Nullable Event answer(Action action, RuntimeException broken) {
        if (action instanceof Action.Reserve reserve) {
            return new Event.ReserveFailed(reserve.attempt(), "reserving broke: " + broken);
        }
        return action instanceof Action.Send send
                ? new Event.Failed(
                        send.attempt(),
                        Failure.of(FailureClass.INTERNAL, Processed.UNKNOWN, "sending broke: " + broken))
                : null;
    }
}
