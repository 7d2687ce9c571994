package dev.tierway.adapter.persistence.lease;

import dev.tierway.application.port.out.Reservation;
import java.util.List;

/**
 * An attempt that was granted and hasn't ended, or whose answer is on its way.
 *
 * @param draws what it took of shares, as the descriptors are ordered; empty if the store itself holds all of it
 * @param expiresAt when nobody will say any more how it ended
 */
record Admitted(Reservation asked, List<Draw> draws, long expiresAt) {
    boolean here() {
        return !draws.isEmpty();
    }
}
