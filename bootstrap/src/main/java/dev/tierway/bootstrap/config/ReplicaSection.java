package dev.tierway.bootstrap.config;

import dev.tierway.CircuitConfig;
import dev.tierway.ReplicaConfig;
import dev.tierway.adapter.providers.RequestDefaults;
import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.QuotaDomainId;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.catalogue.RetrySettings;
import dev.tierway.domain.catalogue.Timeouts;
import dev.tierway.domain.money.Price;
import java.util.List;

/** {@code models[].replicas[]}. */
final class ReplicaSection {
    static final Key<ProviderId> PROVIDER =
            Key.required("provider", Scalars.name("a provider's id", ProviderId::new), "Who serves it.");
    static final Key<String> UPSTREAM_MODEL = Key.optional(
                    "upstream-model", Scalars.TEXT, "The provider's name of the model.")
            .absentMeans("the model's `id`");
    static final Key<ReplicaId> ID = Key.optional(
                    "id",
                    Scalars.path("a replica's id", ReplicaId::new),
                    "Needed where a provider serves a model twice.")
            .absentMeans("`provider/model`");
    static final Key<Price> PRICE = Key.optional("price", PriceSection.SECTION, "What it charges.")
            .absentMeans("unknown; 0 if the provider is `local`");
    static final Key<Integer> WEIGHT = Key.optional(
                    "weight",
                    Quantities.smallCount(0, 1_000_000),
                    "Share of traffic under strategy `weighted`; 0 takes it out of all traffic.")
            .or("1");
    static final Key<Integer> PRIORITY = Key.optional(
                    "priority",
                    Quantities.smallCount(0, 1_000_000),
                    "Rank under strategy `priority`, lowest first; equals in declared order.")
            .or("1");
    static final Key<Phase> PHASE = Key.optional(
                    "phase",
                    Scalars.choice("phase", List.of(Phase.values()), Phase::id),
                    "`active`; `standby`: only once no active replica of its model can serve; `draining`: never.")
            .or("active");
    static final Key<List<String>> TAGS = Key.optional(
            "tags", new ListShape<>(Scalars.TEXT, "a list of texts", 0), "What callers and rules may require.");
    static final Key<String> REGION = Key.optional("region", Scalars.TEXT, "Where it runs, as callers may require it.");
    static final Key<Integer> CONCURRENCY = Key.optional(
                    "concurrency", Quantities.smallCount(1, 1_000_000), "Most calls in flight at this replica.")
            .absentMeans("unlimited");
    static final Key<QuotaDomainId> QUOTA_DOMAIN = Key.optional(
            "quota-domain", QuotaSection.DOMAIN_ID, "A shared quota domain it joins, besides its provider's.");
    static final Key<Timeouts.Override> TIMEOUTS = Key.optional(
                    "timeouts", TimeoutsSection.OF_ATTEMPT, "Clocks of attempts at it.")
            .absentMeans("its provider's");
    static final Key<CircuitConfig> CIRCUIT =
            Key.optional("circuit", CircuitSection.SECTION, "Its own circuit.").absentMeans("its provider's");

    static final Key<RetrySettings.Override> RETRY = Key.optional(
                    "retry", RetrySection.SECTION, "Its retry budget, and repeats at it.")
            .absentMeans("its provider's");

    static final Key<RequestDefaults> DEFAULTS = Key.optional(
                    "defaults", DefaultsSection.SECTION, "What is sent to it unless a request says it itself.")
            .absentMeans("its provider's");

    static final Section<ReplicaConfig> SECTION = Section.of(
            "replica",
            "One provider serving the model.",
            List.of(
                    PROVIDER,
                    UPSTREAM_MODEL,
                    ID,
                    PRICE,
                    WEIGHT,
                    PRIORITY,
                    PHASE,
                    TAGS,
                    REGION,
                    CONCURRENCY,
                    QUOTA_DOMAIN,
                    TIMEOUTS,
                    CIRCUIT,
                    RETRY,
                    DEFAULTS),
            v -> new ReplicaConfig(
                    v.get(ID),
                    v.value(PROVIDER),
                    v.get(UPSTREAM_MODEL),
                    v.get(PRICE),
                    v.value(PHASE),
                    v.value(WEIGHT),
                    v.value(PRIORITY),
                    v.get(TAGS, List.of()),
                    v.get(REGION),
                    v.get(CONCURRENCY),
                    v.get(QUOTA_DOMAIN),
                    v.get(TIMEOUTS, Timeouts.Override.NONE),
                    v.get(CIRCUIT, CircuitConfig.NONE),
                    v.get(RETRY, RetrySettings.Override.NONE),
                    v.get(DEFAULTS, RequestDefaults.NONE)));

    private ReplicaSection() {}
}
