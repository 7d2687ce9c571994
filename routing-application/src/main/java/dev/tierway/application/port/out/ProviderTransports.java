package dev.tierway.application.port.out;

import dev.tierway.domain.catalogue.ProviderId;

/** Finds the transport of a provider. */
public interface ProviderTransports {
    /** @throws IllegalStateException if the provider is not of a configuration in use */
    ProviderTransport of(ProviderId provider);

    /** The transports of the configuration in force, which stay open for the holder until it lets go of them. */
    default Held hold() {
        return new Held() {
            @Override
            public ProviderTransport of(ProviderId provider) {
                return ProviderTransports.this.of(provider);
            }

            @Override
            public void letGo() {
                // Those of this kind never change.
            }
        };
    }

    /** The transports of one configuration. */
    interface Held extends ProviderTransports {
        /** To be called once. */
        void letGo();
    }
}
