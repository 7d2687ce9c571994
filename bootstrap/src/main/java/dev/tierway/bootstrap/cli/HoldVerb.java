package dev.tierway.bootstrap.cli;

/** What a command of {@code tierway agents} orders. */
enum HoldVerb {
    PAUSE("pause", "paused", "Refuse their next calls; those in flight go on."),
    STOP("stop", "stopped", "Refuse their next calls and cancel those in flight, streams too."),
    RESUME("resume", "running", "Take back that they were paused or stopped.");

    private final String command;
    private final String state;
    private final String description;

    HoldVerb(String command, String state, String description) {
        this.command = command;
        this.state = state;
        this.description = description;
    }

    String command() {
        return command;
    }

    /** As the admin port calls it. */
    String state() {
        return state;
    }

    String description() {
        return description;
    }
}
