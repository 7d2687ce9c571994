package dev.tierway.domain.catalogue;

import java.util.Locale;

/** Whether an operator lets a replica work. */
public enum Phase {
    /** Takes traffic. */
    ACTIVE,
    /** Takes traffic only once no active replica of its model is eligible. */
    STANDBY,
    /** Never selected, not even by spillover; calls in flight go on. */
    DRAINING;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
