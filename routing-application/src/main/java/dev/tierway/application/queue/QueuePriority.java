package dev.tierway.application.queue;

import java.util.Locale;

/** How urgent a waiting call is. None starves another: of 21 slots that all want, 16, 4 and 1 go to them. */
public enum QueuePriority {
    HIGH(16),
    NORMAL(4),
    LOW(1);

    private final int weight;
    private final String id = name().toLowerCase(Locale.ROOT);

    QueuePriority(int weight) {
        this.weight = weight;
    }

    /** Its part of the slots while calls of other priorities wait too. */
    public int weight() {
        return weight;
    }

    /** The name in configuration and metrics. */
    public String id() {
        return id;
    }
}
