package dev.tierway.application.port.in;

import java.util.Locale;

/** How well something works. */
public enum Status {
    HEALTHY,
    /** Works, but fails or cools down at times, or some of its replicas are unhealthy. */
    DEGRADED,
    UNHEALTHY,
    /** Never measured. */
    UNKNOWN;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
