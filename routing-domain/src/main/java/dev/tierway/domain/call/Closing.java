package dev.tierway.domain.call;

import dev.tierway.domain.failure.FailureClass;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a call ends whose time is over: what runs is cancelled, and has a moment to say what it used, so that the decision
 * tells it too.
 */
final class Closing {
    private final CallSpec spec;
    private final Attempts attempts;
    private final Pacing pacing;
    private @Nullable Attempt answering;
    private boolean begun;

    Closing(CallSpec spec, Attempts attempts, Pacing pacing) {
        this.spec = spec;
        this.attempts = attempts;
        this.pacing = pacing;
    }

    /** Time is over. Gives what the call comes to, if nothing runs; else null. */
    @Nullable
    CallResult begin(List<Action> actions, long nowNanos) {
        begun = true;
        answering = attempts.committed();
        actions.addAll(attempts.abandonAll(null, spec.callersDeadline() ? null : FailureClass.TIMEOUT));
        actions.add(new Action.Arm(TimerKind.CLOSING, Pacing.closedAt(nowNanos)));
        return whenQuiet();
    }

    /** What the call comes to, if it is closing and nothing runs any more; else null. */
    @Nullable
    CallResult whenQuiet() {
        return attempts.anySent() ? null : atOnce();
    }

    /** The same, whatever still runs. */
    @Nullable
    CallResult atOnce() {
        return begun ? pacing.totalOver(answering) : null;
    }

    /** The last of a call's actions. */
    static List<Action> ending(CallResult result, Selection selection) {
        List<Action> actions = new ArrayList<>(TimerKind.values().length + 1);
        for (TimerKind timer : TimerKind.values()) {
            actions.add(new Action.Disarm(timer));
        }
        actions.add(new Action.Finish(result, selection));
        return actions;
    }
}
