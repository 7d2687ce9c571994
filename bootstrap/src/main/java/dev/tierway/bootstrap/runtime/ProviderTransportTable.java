package dev.tierway.bootstrap.runtime;

import dev.tierway.application.port.out.ProviderTransport;
import dev.tierway.application.port.out.ProviderTransports;
import dev.tierway.domain.catalogue.ProviderId;
import java.util.LinkedHashMap;
import java.util.Map;

/** The transports of one configuration. */
public final class ProviderTransportTable implements ProviderTransports, AutoCloseable {
    private final Map<ProviderId, ProviderTransport> transports;

    public ProviderTransportTable(Map<ProviderId, ProviderTransport> transports) {
        this.transports = new LinkedHashMap<>(transports);
    }

    @Override
    public ProviderTransport of(ProviderId provider) {
        ProviderTransport transport = transports.get(provider);
        if (transport == null) {
            throw new IllegalStateException("provider '" + provider + "' has no transport");
        }
        return transport;
    }

    @Override
    public void close() {
        transports.values().forEach(ProviderTransport::close);
    }
}
