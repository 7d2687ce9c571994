package dev.tierway.application.event;

import java.util.List;
import java.util.Locale;

/** What can be told. */
public enum EventType {
    /** A call delivered. */
    REQUEST_COMPLETED,
    /** A call didn't; one whose client left counts as neither. */
    REQUEST_FAILED,
    /** A call went on at another replica. */
    REPLICA_SWITCHED,
    /** A vendor says that our credential, account or model is wrong: somebody must do something. */
    REPLICA_MISCONFIGURED,
    /** A replica isn't trusted for a while. */
    CIRCUIT_OPENED,
    /** A budget is nearly used up, or exceeded. */
    BUDGET_WARNING;

    private final String id = name().toLowerCase(Locale.ROOT).replace('_', '.');

    /** The name in configuration and payloads, e.g. {@code request.completed}. */
    public String id() {
        return id;
    }

    /** All of them. */
    public static List<EventType> all() {
        return List.of(values());
    }
}
