package dev.tierway.application.service;

import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.queue.OverloadSettings;
import dev.tierway.application.queue.QueuePriority;
import java.util.List;
import java.util.function.Supplier;

/** How much one instance takes on: how many calls, and whose turn it is when they wait for a slot. */
public final class Intake {
    private final Supplier<OverloadSettings> settings;
    private final Admission admission;
    private final WaitingRoom room;

    /** @param settings in force now */
    public Intake(Supplier<OverloadSettings> settings) {
        this.settings = settings;
        this.admission = new Admission(settings);
        this.room = new WaitingRoom(settings);
    }

    /**
     * Counts a call in, until its turn is left.
     *
     * @throws dev.tierway.application.error.OverloadedException 503 if there are too many
     */
    ParkedCall.Turn enter(CallCommand command, long nowNanos, Listeners listeners) {
        boolean stream = command.facts().stream();
        String caller = CallerSpace.of(command);
        QueuePriority priority = settings.get().priorities().getOrDefault(caller, QueuePriority.NORMAL);
        admission.enter(stream, nowNanos, why -> listeners.shed(command.requestId(), priority, why));
        return new ParkedCall.Turn(room, caller, priority, () -> admission.left(stream));
    }

    /** Calls that wait for a slot, by priority in the enumeration's order. */
    public List<Integer> waitingCalls() {
        return room.depths();
    }
}
