package dev.tierway.adapter.providers;

import dev.tierway.application.port.out.ProviderTransport;

/** Builds the transports of one kind of provider. */
public interface TransportFactory {
    /**
     * Connects to nothing yet.
     *
     * @throws IllegalArgumentException if the kind needs a setting that is missing; the message says which
     */
    ProviderTransport create(ProviderSettings settings);
}
