package dev.tierway.application.error;

import java.time.Duration;

/** Somebody else is at the same step of the same workflow. Nothing was called. */
public final class StepBusyException extends TierwayException {
    private static final long serialVersionUID = 1;

    /** @param retryAfter when its writer would be taken for dead if it said nothing more */
    public StepBusyException(String step, Duration retryAfter) {
        super(new Details(
                step
                        + " is being done by another call: a step has one writer. Wait for it, or name your step"
                        + " otherwise",
                409,
                "step_busy",
                true,
                retryAfter,
                null));
    }
}
