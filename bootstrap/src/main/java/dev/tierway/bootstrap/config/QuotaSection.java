package dev.tierway.bootstrap.config;

import dev.tierway.QuotaDomainConfig;
import dev.tierway.bootstrap.config.Node.Written;
import dev.tierway.domain.catalogue.QuotaDomain.Heard;
import dev.tierway.domain.catalogue.QuotaDomainId;
import dev.tierway.domain.quota.Limit;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    private static final List<String> LEARN_WORDS = List.of("models", "headers", "off");

    static final Key<Heard> LEARN = Key.optional(
                    "learn",
                    new ScalarShape<>(
                            "one of " + String.join(", ", LEARN_WORDS),
                            Set.of(Written.TEXT, Written.BOOLEAN),
                            Map.of("enum", List.of("models", "headers", "off", false)),
                            QuotaSection::heard),
                    "Whose the limits are that the vendor's reply headers tell of: `models`: of the upstream model that"
                            + " answered; `headers`: of the whole domain; `off`: nobody's, they are ignored. They only"
                            + " ever lower configured limits. One domain of a replica that says `off` is enough.")
            .or("models");

    static final Section<QuotaDomainConfig> DOMAIN = Section.of(
            "quota-domain",
            "One vendor account, project or region whose limits several providers or replicas share.",
            Stream.concat(Stream.of(ID, SHARE, LEARN), LimitKeys.ALL.stream()).toList(),
            QuotaSection::domain);

    private QuotaSection() {}

    private static Heard heard(String word) {
        return switch (word) {
            case "models" -> Heard.BY_MODEL;
            case "headers" -> Heard.BY_DOMAIN;
            // YAML 1.1 takes the plain word for a truth value.
            case "off", "false" -> Heard.BY_NOBODY;
            case String other -> throw new Unfit("must be one of " + String.join(", ", LEARN_WORDS), null);
        };
    }

    static String learnt(Heard heard) {
        return switch (heard) {
            case BY_MODEL -> "models";
            case BY_DOMAIN -> "headers";
            case BY_NOBODY -> "off";
        };
    }

    private static QuotaDomainConfig domain(Values values) {
        double share = values.value(SHARE);
        if (share == 0) {
            values.error(SHARE, "must be more than 0", "remove the replicas instead");
        }
        return new QuotaDomainConfig(values.value(ID), LimitKeys.read(values), share, values.value(LEARN));
    }
}
