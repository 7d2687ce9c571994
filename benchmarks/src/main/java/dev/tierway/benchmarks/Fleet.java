package dev.tierway.benchmarks;

import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.CircuitSettings;
import dev.tierway.domain.catalogue.LearningSettings;
import dev.tierway.domain.catalogue.LogicalModel;
import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.catalogue.Provider;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.QuotaDomain;
import dev.tierway.domain.catalogue.QuotaDomainId;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.catalogue.RetrySettings;
import dev.tierway.domain.catalogue.Timeouts;
import dev.tierway.domain.catalogue.UseCase;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.failure.Processed;
import dev.tierway.domain.fleet.Mixing;
import dev.tierway.domain.fleet.PermitOutcome;
import dev.tierway.domain.fleet.PermitRequest;
import dev.tierway.domain.fleet.PermitResult;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.fleet.RetryBudget;
import dev.tierway.domain.money.Price;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Left;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Side;
import dev.tierway.domain.quota.Usage;
import dev.tierway.domain.quota.VendorLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A fleet of any size with some history: every replica has been called, some have failed. */
final class Fleet {
    private static final int CALLS_PER_REPLICA = 20;
    private static final long MILLI = 1_000_000L;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final List<Limit> LIMITS = List.of(
            Limit.per(Dimension.REQUESTS, 500, MINUTE),
            Limit.per(Dimension.TOKENS, 200_000, MINUTE),
            Limit.concurrency(64));

    private Fleet() {}

    /**
     * Four models of the tier share the replicas that serve {@code chat}; the others are of another tier.
     *
     * @param limited whether every replica has a quota domain of its own, with {@link #LIMITS}
     */
    static Catalogue catalogue(int serving, int others, boolean limited) {
        List<Provider> providers = new ArrayList<>();
        List<LogicalModel> models = new ArrayList<>();
        List<Replica> replicas = new ArrayList<>();
        List<QuotaDomain> domains = new ArrayList<>();
        for (int m = 0; m < 5; m++) {
            ModelTier tier = m < 4 ? ModelTier.MID : ModelTier.SMALL;
            models.add(new LogicalModel(
                    new ModelId("model-" + m),
                    tier,
                    List.of(UseCase.CHAT),
                    Set.of(Capability.STREAMING),
                    200_000,
                    8_192,
                    Map.of()));
        }
        for (int i = 0; i < serving + others; i++) {
            ProviderId provider = new ProviderId("provider-" + i);
            providers.add(new Provider(provider, "openai-compatible", false, false, provider.value()));
            ModelId model = models.get(i < serving ? i % 4 : 4).id();
            QuotaDomain domain = new QuotaDomain(new QuotaDomainId("account-" + i), limited ? LIMITS : List.of());
            domains.add(domain);
            replicas.add(new Replica(
                    new ReplicaId(provider + "/" + model),
                    provider,
                    model,
                    "m",
                    false,
                    Price.usdPerMillion("1." + i % 10, "3"),
                    Phase.ACTIVE,
                    1,
                    1,
                    List.of(),
                    null,
                    64,
                    limited ? List.of(domain.id()) : List.of(),
                    Timeouts.DEFAULTS,
                    CircuitSettings.DEFAULTS,
                    RetrySettings.DEFAULTS,
                    LearningSettings.DEFAULTS));
        }
        return new Catalogue(providers, models, replicas, limited ? domains : List.of(), List.of());
    }

    static ReplicaRegistry withHistory(Catalogue catalogue) {
        ReplicaRegistry registry = new ReplicaRegistry(catalogue);
        long now = 0;
        int i = 0;
        for (Replica replica : catalogue.replicas()) {
            for (int n = 0; n < CALLS_PER_REPLICA; n++) {
                now += MILLI;
                call(registry, replica, Mixing.unit(i++, 1), now);
            }
        }
        return registry;
    }

    /** Both our quota store and the vendors have just told what is left of every limit: much at some, little at others. */
    static void observeLimits(ReplicaRegistry registry, Catalogue catalogue, long now) {
        int i = 0;
        for (QuotaDomain domain : catalogue.quotaDomains()) {
            for (Limit limit : domain.limits()) {
                long left = (long) (limit.amount() * (0.2 + 0.8 * Mixing.unit(i++, 2)));
                Descriptor descriptor = new Descriptor(QuotaDomain.owner(domain.id()), Side.DOMAIN, limit);
                registry.left(new Left(descriptor, left, Usage.NEVER, false), now);
            }
        }
        for (Replica replica : catalogue.replicas()) {
            for (Limit limit : LIMITS.subList(0, 2)) {
                long left = (long) (limit.amount() * (0.2 + 0.8 * Mixing.unit(i++, 2)));
                registry.told(
                        replica,
                        new VendorLimit(limit.dimension(), limit.amount(), left, MINUTE.toNanos(), MINUTE),
                        now);
            }
        }
    }

    private static void call(ReplicaRegistry registry, Replica replica, double chance, long now) {
        var request = new PermitRequest(replica, false, true, false, new RetryBudget.Rule(0.2, 3));
        if (registry.acquire(request, now) instanceof PermitResult.Granted(var permit)) {
            registry.sent(permit, now);
            long first = (long) (MILLI * (200 + 400 * chance));
            registry.release(
                    permit,
                    chance < 0.03
                            ? new PermitOutcome.Failed(
                                    Failure.of(FailureClass.UPSTREAM_FAULT, Processed.UNKNOWN, ""),
                                    true,
                                    first,
                                    first,
                                    500)
                            : new PermitOutcome.Succeeded(true, first, first + 2_000 * MILLI, 500, 100),
                    now);
        }
    }
}
