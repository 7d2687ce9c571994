package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a command switches that isn't about replicas, and how that is said over HTTP. */
enum SwitchVerb {
    DISABLE_RULE("disable-rule", "/admin/rule", "ID", "The rule", "Let calls pass a rule by."),
    ENABLE_RULE("enable-rule", "/admin/rule", "ID", "The rule", "Take back that a rule was disabled."),
    DISABLE_ROUTE(
            "disable-route",
            "/admin/route",
            "NAME",
            "The route; a pattern with its *",
            "Let calls find no route of a name, as if it weren't configured."),
    ENABLE_ROUTE("enable-route", "/admin/route", "NAME", "The route", "Take back that a route was disabled."),
    USE_STRATEGY(
            "use-strategy",
            "/admin/strategy",
            "NAME",
            "The strategy; configured: take back what was ordered",
            "Rank with this strategy where no call, rule or route says otherwise.");

    private final String command;
    private final String path;
    private final String label;
    private final String subject;
    private final String description;

    SwitchVerb(String command, String path, String label, String subject, String description) {
        this.command = command;
        this.path = path;
        this.label = label;
        this.subject = subject;
        this.description = description;
    }

    String command() {
        return command;
    }

    String path() {
        return path;
    }

    /** Of the argument. */
    String label() {
        return label;
    }

    /** What the argument means. */
    String subject() {
        return subject;
    }

    String description() {
        return description;
    }

    /** Says over HTTP what is ordered of that subject. */
    void put(ObjectNode body, String named) {
        switch (this) {
            case DISABLE_RULE -> body.put("rule", named).put("enabled", false);
            case ENABLE_RULE -> body.put("rule", named).put("enabled", true);
            case DISABLE_ROUTE -> body.put("route", named).put("enabled", false);
            case ENABLE_ROUTE -> body.put("route", named).put("enabled", true);
            case USE_STRATEGY -> body.put("strategy", named);
        }
    }
}
