package dev.tierway.domain.fleet;

import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.ReplicaId;
import org.jspecify.annotations.Nullable;

/** What another instance has found out about a replica or a credential that this one may use too. */
public sealed interface FleetHint {
    /** However long a vendor asks for, nobody believes another instance for longer. */
    long MOST_NANOS = 300_000_000_000L;

    /**
     * The vendor told it to rest.
     *
     * @param replica null: all of the provider's rest
     * @param forNanos for how much longer, at most {@link #MOST_NANOS}; clocks of instances needn't agree
     */
    record Resting(ProviderId provider, @Nullable ReplicaId replica, long forNanos) implements FleetHint {
        public Resting {
            if (forNanos < 1 || forNanos > MOST_NANOS) {
                throw new IllegalArgumentException("a rest lasts up to five minutes, not " + forNanos + " ns");
            }
        }
    }

    /** Its circuit has opened there. */
    record Distrusted(ReplicaId replica) implements FleetHint {}
}
