package dev.tierway.adapter.providers;

import dev.tierway.application.port.out.AccountProbe;
import dev.tierway.application.port.out.ProviderTransport;
import dev.tierway.application.port.out.ReplicaProbe;
import java.util.Optional;

/** Builds the transports of one kind of provider. */
public interface TransportFactory {
    /**
     * Connects to nothing yet.
     *
     * @throws IllegalArgumentException if the kind needs a setting that is missing; the message says which
     */
    ProviderTransport create(ProviderSettings settings);

    /**
     * How its servers are looked at without a call; empty if this kind's can't be. Connects to nothing yet.
     *
     * @throws IllegalArgumentException as {@link #create}
     */
    default Optional<ReplicaProbe> probe(ProviderSettings settings, ProbeSettings probe) {
        return Optional.empty();
    }

    /**
     * How its vendor is asked what the account has left; empty if nobody knows a way. Connects to nothing yet.
     *
     * @throws IllegalArgumentException as {@link #create}
     */
    default Optional<AccountProbe> account(ProviderSettings settings, UsageProbeSettings probe) {
        return Optional.empty();
    }
}
