package dev.tierway.domain.catalogue;

import dev.tierway.domain.quota.Limit;
import java.util.List;

/**
 * An account, project or region with the limits its replicas share.
 *
 * @param heard whose limits are those that its vendor's answers tell of
 */
public record QuotaDomain(QuotaDomainId id, List<Limit> limits, Heard heard) {
    /** What is made of the limits that a vendor's answers tell of. They only ever lower configured ones. */
    public enum Heard {
        /** They are each upstream model's. */
        BY_MODEL,
        /** They are the whole domain's. */
        BY_DOMAIN,
        /** Nothing: only what is configured counts, and what a refusal says. */
        BY_NOBODY
    }

    public QuotaDomain {
        limits = List.copyOf(limits);
    }

    /** Whose vendor limits each upstream model for itself. */
    public QuotaDomain(QuotaDomainId id, List<Limit> limits) {
        this(id, limits, Heard.BY_MODEL);
    }

    /** Under which its usage is kept. */
    public static String owner(QuotaDomainId id) {
        return "domain:" + id;
    }
}
