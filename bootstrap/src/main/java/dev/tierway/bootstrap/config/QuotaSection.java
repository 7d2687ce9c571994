package dev.tierway.bootstrap.config;

import dev.tierway.QuotaDomainConfig;
import dev.tierway.domain.catalogue.QuotaDomainId;
import dev.tierway.domain.quota.Limit;
import java.util.List;
import java.util.stream.Stream;

/** {@code quota} of a provider, and {@code quota-domains}. */
final class QuotaSection {
    static final ScalarShape<QuotaDomainId> DOMAIN_ID = Scalars.name("a quota domain's id", QuotaDomainId::new);

    static final Section<List<Limit>> OF_PROVIDER = Section.of(
            "quota",
            "The limits of a provider's account: short for a quota domain of its own.",
            LimitKeys.ALL,
            LimitKeys::read);

    static final Key<QuotaDomainId> ID =
            Key.required("id", DOMAIN_ID, "What providers and replicas name in `quota-domain`.");
    static final Key<Double> SHARE = Key.optional(
                    "share", Quantities.SHARE, "The part of the limits that is for this gateway.")
            .or("100%");

    static final Section<QuotaDomainConfig> DOMAIN = Section.of(
                    "quota-domain",
                    "One vendor account, project or region whose limits several providers or replicas share.",
                    Stream.concat(Stream.of(ID, SHARE), LimitKeys.ALL.stream()).toList(),
                    QuotaSection::domain)
            .later("learn");

    private QuotaSection() {}

    private static QuotaDomainConfig domain(Values values) {
        double share = values.value(SHARE);
        if (share == 0) {
            values.error(SHARE, "must be more than 0", "remove the replicas instead");
        }
        return new QuotaDomainConfig(values.value(ID), LimitKeys.read(values), share);
    }
}
