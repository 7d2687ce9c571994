package dev.tierway.domain.catalogue;

import dev.tierway.domain.money.Price;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The <em>where</em> of routing: one provider serving one logical model.
 *
 * @param upstreamModel the name the provider knows the model by
 * @param price null is unknown, which is never zero
 * @param weight share of traffic under {@code weighted}; 0 is no traffic on any path
 * @param priority rank under {@code priority}; lower is first
 * @param concurrency most calls in flight; null is unknown and unlimited
 * @param quotaDomains whose limits an attempt at this replica uses up
 * @param learning what is made of how attempts at it end
 */
public record Replica(
        ReplicaId id,
        ProviderId provider,
        ModelId model,
        String upstreamModel,
        boolean local,
        @Nullable Price price,
        Phase phase,
        int weight,
        int priority,
        List<String> tags,
        @Nullable String region,
        @Nullable Integer concurrency,
        List<QuotaDomainId> quotaDomains,
        Timeouts timeouts,
        CircuitSettings circuit,
        RetrySettings retry,
        LearningSettings learning) {
    public Replica {
        tags = List.copyOf(tags);
        quotaDomains = List.copyOf(quotaDomains);
        if (weight < 0) {
            throw new IllegalArgumentException("replica '" + id + "': weight must be 0 or more, not " + weight);
        }
        if (concurrency != null && concurrency < 1) {
            throw new IllegalArgumentException(
                    "replica '" + id + "': concurrency must be 1 or more, not " + concurrency);
        }
    }

    /** Which price list its price stands in, for the books; null if it has none. */
    public @Nullable String priceVersion() {
        return price == null ? null : price.version();
    }

    /** The same for another model of its provider. */
    Replica serving(ReplicaId other, ModelId otherModel, String otherUpstream) {
        return new Replica(
                other,
                provider,
                otherModel,
                otherUpstream,
                local,
                price,
                phase,
                weight,
                priority,
                tags,
                region,
                concurrency,
                quotaDomains,
                timeouts,
                circuit,
                retry,
                learning);
    }
}
