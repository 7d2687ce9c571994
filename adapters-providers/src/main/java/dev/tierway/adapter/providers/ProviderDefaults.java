package dev.tierway.adapter.providers;

import dev.tierway.domain.catalogue.ReplicaId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a provider is sent unless a request says it itself.
 *
 * @param own for all its replicas
 * @param ofReplicas whole, for those that have some of their own
 */
public record ProviderDefaults(RequestDefaults own, Map<ReplicaId, RequestDefaults> ofReplicas) {
    public static final ProviderDefaults NONE = new ProviderDefaults(RequestDefaults.NONE, Map.of());

    public ProviderDefaults {
        ofReplicas = Collections.unmodifiableMap(new LinkedHashMap<>(ofReplicas));
    }

    public RequestDefaults of(ReplicaId replica) {
        return ofReplicas.getOrDefault(replica, own);
    }

    /** Values that must never be shown. */
    Stream<Secret> secrets() {
        return Stream.concat(Stream.of(own), ofReplicas.values().stream())
                .flatMap(defaults -> defaults.headers().values().stream());
    }
}
