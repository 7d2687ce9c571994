package dev.tierway.domain.fleet;

import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.ReplicaId;
import org.jspecify.annotations.Nullable;

/** Uses what other instances have found out. */
final class Hinting {
    private Hinting() {}

    /** @return false if nobody here is meant */
    static boolean use(FleetHint hint, Generation generation, long nowNanos) {
        return switch (hint) {
            case FleetHint.Resting resting -> rest(resting, generation, nowNanos + resting.forNanos());
            case FleetHint.Distrusted(ReplicaId id) -> distrust(id, generation, nowNanos);
        };
    }

    private static boolean rest(FleetHint.Resting resting, Generation generation, long untilNanos) {
        ReplicaId id = resting.replica();
        if (id == null) {
            boolean known = generation.catalogue.provider(resting.provider()) != null;
            if (known) {
                generation.provider(resting.provider()).update(state -> state.resting(untilNanos));
            }
            return known;
        }
        Replica replica = generation.catalogue.replica(id);
        Slot slot = slot(replica, generation);
        if (slot == null || !slot.replica().provider().equals(resting.provider())) {
            return false;
        }
        slot.cells().replica().update(state -> state.resting(untilNanos));
        return true;
    }

    private static boolean distrust(ReplicaId id, Generation generation, long nowNanos) {
        Slot slot = slot(generation.catalogue.replica(id), generation);
        if (slot == null) {
            return false;
        }
        slot.cells().replica().update(state -> state.distrusted(slot.replica().learning(), nowNanos));
        return true;
    }

    private static @Nullable Slot slot(@Nullable Replica replica, Generation generation) {
        return replica == null ? null : generation.slotOf(replica);
    }
}
