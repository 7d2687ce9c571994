package dev.tierway.application.queue;

import java.util.Locale;

/** Why a call wasn't taken on, or doesn't wait any longer. */
public enum ShedReason {
    /** As many calls run as one instance may have. */
    TOO_MANY_CALLS,
    TOO_MANY_STREAMS,
    /** More calls per second than one instance may begin. */
    TOO_FAST,
    /** As many wait as may, or as many of this caller. */
    QUEUE_FULL,
    /** At the rate at which slots become free, its turn would come too late. */
    TOO_LATE,
    /** It has waited for its turn as long as it may. */
    WAITED_TOO_LONG;

    private final String id = name().toLowerCase(Locale.ROOT);

    /** The name in metrics. */
    public String id() {
        return id;
    }
}
