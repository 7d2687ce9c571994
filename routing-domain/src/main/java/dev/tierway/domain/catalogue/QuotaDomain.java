package dev.tierway.domain.catalogue;

import dev.tierway.domain.quota.Limit;
import java.util.List;

/**
 * An account, project or region with the limits its replicas share.
 *
 * @param learns whether what its vendor's answers say of limits is the whole domain's; else it is each upstream model's
 */
public record QuotaDomain(QuotaDomainId id, List<Limit> limits, boolean learns) {
    public QuotaDomain {
        limits = List.copyOf(limits);
    }

    /** Whose vendor limits each upstream model for itself. */
    public QuotaDomain(QuotaDomainId id, List<Limit> limits) {
        this(id, limits, false);
    }

    /** Under which its usage is kept. */
    public static String owner(QuotaDomainId id) {
        return "domain:" + id;
    }
}
