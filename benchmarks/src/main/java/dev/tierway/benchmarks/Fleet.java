package dev.tierway.benchmarks;

import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.CircuitSettings;
import dev.tierway.domain.catalogue.LogicalModel;
import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.catalogue.Provider;
import dev.tierway.domain.catalogue.ProviderId;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A fleet of any size with some history: every replica has been called, some have failed. */
final class Fleet {
    private static final int CALLS_PER_REPLICA = 20;
    private static final long MILLI = 1_000_000L;

    private Fleet() {}

    /** Four models of the tier share the replicas that serve {@code chat}; the others are of another tier. */
    static Catalogue catalogue(int serving, int others) {
        List<Provider> providers = new ArrayList<>();
        List<LogicalModel> models = new ArrayList<>();
        List<Replica> replicas = new ArrayList<>();
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
                    List.of(),
                    Timeouts.DEFAULTS,
                    CircuitSettings.DEFAULTS,
                    RetrySettings.DEFAULTS));
        }
        return new Catalogue(providers, models, replicas, List.of(), List.of());
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
