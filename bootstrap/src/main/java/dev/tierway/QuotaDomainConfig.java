package dev.tierway;

import dev.tierway.domain.catalogue.QuotaDomain;
import dev.tierway.domain.catalogue.QuotaDomainId;
import dev.tierway.domain.quota.Limit;
import java.util.List;

/**
 * An account, project or region whose limits several providers or replicas share.
 *
 * @param limits as the vendor grants them
 * @param share the part of them that is for us, in (0, 1]
 * @param heard what is made of the limits that the vendor's answers tell of
 */
public record QuotaDomainConfig(QuotaDomainId id, List<Limit> limits, double share, QuotaDomain.Heard heard) {
    public QuotaDomainConfig {
        limits = List.copyOf(limits);
    }

    /** The limits that are for us: rounded down, 1 at least. */
    public List<Limit> effectiveLimits() {
        return limits.stream()
                .map(limit ->
                        new Limit(limit.dimension(), scaled(limit.amount()), limit.window(), scaled(limit.burst())))
                .toList();
    }

    private long scaled(long amount) {
        // Adding a millionth keeps 0.29 × 100 from becoming 28.
        return Math.max(1, (long) (amount * share + 1e-6));
    }
}
