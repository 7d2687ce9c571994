package dev.tierway.application.error;

import dev.tierway.domain.agent.Loop;

/** The workflow goes round in circles, and loops are to be stopped. The answer that closed the loop was handed over. */
public final class LoopDetectedException extends TierwayException {
    private static final long serialVersionUID = 1;

    private final transient Loop loop;

    public LoopDetectedException(Details details, Loop loop) {
        super(details);
        this.loop = loop;
    }

    /** What goes round: its kind, who takes part, how often. */
    public Loop loop() {
        return loop;
    }
}
