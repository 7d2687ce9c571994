package dev.tierway.bootstrap.cli;

/** What an operator's command orders, and how that is said over HTTP. */
enum OperatorVerb {
    DRAIN("drain", "/admin/phase", "phase", "draining", "Send no new calls there; those in flight go on."),
    STANDBY("standby", "/admin/phase", "phase", "standby", "Send calls there only once nobody active is eligible."),
    ACTIVATE(
            "activate",
            "/admin/phase",
            "phase",
            "active",
            "Send calls there again, whatever phase is configured; see --as-configured."),
    MARK_HEALTHY(
            "mark-healthy",
            "/admin/mark",
            "mark",
            "healthy",
            "Take an unhealthy mark back, close circuits, end rests the vendor didn't ask for."),
    MARK_UNHEALTHY(
            "mark-unhealthy", "/admin/mark", "mark", "unhealthy", "Send no calls there, and show it as unhealthy."),
    RESET_CIRCUIT("reset-circuit", "/admin/circuit", "action", "reset", "Close circuits at once, without a ramp.");

    private final String command;
    private final String path;
    private final String member;
    private final String value;
    private final String description;

    OperatorVerb(String command, String path, String member, String value, String description) {
        this.command = command;
        this.path = path;
        this.member = member;
        this.value = value;
        this.description = description;
    }

    String command() {
        return command;
    }

    String path() {
        return path;
    }

    /** The body's member that holds the {@link #value}. */
    String member() {
        return member;
    }

    String value() {
        return value;
    }

    String description() {
        return description;
    }
}
