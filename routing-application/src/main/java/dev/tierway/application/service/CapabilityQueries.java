package dev.tierway.application.service;

import dev.tierway.application.port.in.ProviderFacts;
import dev.tierway.application.port.in.QueryCapabilities;
import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.LogicalModel;
import dev.tierway.domain.catalogue.Provider;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.fleet.ReplicaRegistry;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Answers what can be asked, from the catalogue in force. */
public final class CapabilityQueries implements QueryCapabilities {
    private final ReplicaRegistry registry;
    private final List<ProviderFacts> kinds;

    public CapabilityQueries(ReplicaRegistry registry, List<ProviderFacts> kinds) {
        this.registry = registry;
        this.kinds = List.copyOf(kinds);
    }

    @Override
    public List<ProviderFacts> kinds() {
        return kinds;
    }

    @Override
    public List<Served> served() {
        Catalogue catalogue = registry.catalogue();
        List<Served> served = new ArrayList<>();
        for (LogicalModel model : catalogue.models()) {
            Set<Provider> providers = new LinkedHashSet<>();
            for (Replica replica : catalogue.replicasOf(model.id())) {
                providers.add(catalogue.providerOf(replica));
            }
            served.add(new Served(model, List.copyOf(providers)));
        }
        return served;
    }
}
