package dev.tierway.domain.agent;

import java.util.Locale;

/** What a loop leads to. The answer in which it shows is handed over in any case: it is paid for. */
public enum LoopAction {
    /** The answer comes with a warning. */
    WARN,
    /** The workflow's next request gets a message that says so to the model. */
    HINT,
    /** The workflow's next call is refused. */
    STOP;

    /** The name in configuration. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
