package dev.tierway.application.port.in;

import dev.tierway.domain.catalogue.Construct;
import dev.tierway.domain.catalogue.LogicalModel;
import dev.tierway.domain.catalogue.Provider;
import java.util.Arrays;
import java.util.List;

/** What can be asked here, and of whom. */
public interface QueryCapabilities {
    /** Every kind of provider that could be configured. */
    List<ProviderFacts> kinds();

    /** Every configured model, with who serves it. */
    List<Served> served();

    /** @param providers in the order of its replicas, each once */
    record Served(LogicalModel model, List<Provider> providers) {
        public Served {
            providers = List.copyOf(providers);
        }

        /** What none of its providers can be told, as callers write it. */
        public List<String> lackedByAll() {
            return Arrays.stream(Construct.values())
                    .filter(construct -> !providers.isEmpty()
                            && providers.stream()
                                    .allMatch(provider ->
                                            provider.dialect().lacks().contains(construct)))
                    .map(Construct::words)
                    .toList();
        }
    }
}
