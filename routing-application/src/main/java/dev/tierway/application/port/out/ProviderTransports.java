package dev.tierway.application.port.out;

import dev.tierway.domain.catalogue.ProviderId;

/** Finds the transport of a provider. */
public interface ProviderTransports {
    /** @throws IllegalStateException if the provider is not of a configuration in use */
    ProviderTransport of(ProviderId provider);
}
