package dev.tierway.domain.catalogue;

import dev.tierway.domain.quota.Limit;
import java.util.List;

/** An account, project or region with the limits its replicas share. */
public record QuotaDomain(QuotaDomainId id, List<Limit> limits) {
    public QuotaDomain {
        limits = List.copyOf(limits);
    }
}
