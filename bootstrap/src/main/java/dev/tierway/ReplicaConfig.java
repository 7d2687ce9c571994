package dev.tierway;

import dev.tierway.adapter.providers.RequestDefaults;
import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.QuotaDomainId;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.catalogue.RetrySettings;
import dev.tierway.domain.catalogue.Timeouts;
import dev.tierway.domain.money.Price;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One provider serving one model.
 *
 * @param id the one given; null: {@code provider/logical-model}
 * @param upstreamModel the provider's name of the model; null: the logical model's id
 * @param price null is unknown, or nothing if the provider is local
 * @param concurrency most calls in flight; null is unlimited
 * @param quotaDomain a shared domain it joins besides its provider's
 * @param defaults what is sent to it unless a request says it itself, besides its provider's
 */
public record ReplicaConfig(
        @Nullable ReplicaId id,
        ProviderId provider,
        @Nullable String upstreamModel,
        @Nullable Price price,
        Phase phase,
        int weight,
        int priority,
        List<String> tags,
        @Nullable String region,
        @Nullable Integer concurrency,
        @Nullable QuotaDomainId quotaDomain,
        Timeouts.Override timeouts,
        CircuitConfig circuit,
        RetrySettings.Override retry,
        RequestDefaults defaults) {
    public ReplicaConfig {
        tags = List.copyOf(tags);
    }
}
