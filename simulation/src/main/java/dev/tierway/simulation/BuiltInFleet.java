package dev.tierway.simulation;

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
import dev.tierway.domain.money.Price;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.routing.RoutingPolicy;
import dev.tierway.simulation.world.Pace;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One tier, two models, three providers, six replicas: what a team that buys the same two models from their makers' best
 * known resellers might have.
 *
 * <p>Made up, in the range of what vendors of mid-tier models publish and independent measurements show: 2.20 to 3.00 USD
 * per million input tokens and 8.80 to 15.00 for output, cached input at half or a tenth; 0.4 to 1 s to the first token,
 * 50 to 85 tokens per second. {@code north} is the fastest and has a fifth of the capacity, {@code north/atlas} alone
 * a seventh; {@code east} is the cheapest and slowest. Limits
 * per minute are one and a half times what the concurrency serves of 1,000-token prompts with 250-token answers.
 */
final class BuiltInFleet {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final List<Replica> replicas = new ArrayList<>();
    private final List<QuotaDomain> domains = new ArrayList<>();
    private final Map<ReplicaId, Pace> paces = new LinkedHashMap<>();

    private BuiltInFleet() {}

    static SimulatedFleet fleet() {
        BuiltInFleet made = new BuiltInFleet();
        made.add("north", "atlas", price("2.50", "10.00", "1.25"), 15, Pace.millis(420, 0.08, 12), 210);
        made.add("west", "atlas", price("2.50", "10.00", "1.25"), 33, Pace.millis(550, 0.10, 15), 370);
        made.add("east", "atlas", price("2.20", "8.80", "1.10"), 39, Pace.millis(700, 0.12, 18), 360);
        made.add("north", "borealis", price("3.00", "15.00", "0.30"), 8, Pace.millis(650, 0.10, 14), 90);
        made.add("west", "borealis", price("3.00", "15.00", "0.30"), 24, Pace.millis(800, 0.12, 17), 225);
        made.add("east", "borealis", price("2.70", "13.50", "0.27"), 24, Pace.millis(950, 0.14, 20), 190);
        return new SimulatedFleet(made.catalogue(), RoutingPolicy.DEFAULTS, ModelTier.MID, UseCase.CHAT, made.paces);
    }

    private static Price price(String input, String output, String cached) {
        return new Price(pico(input), pico(output), pico(cached), null);
    }

    private static long pico(String usdPerMillion) {
        return Price.picoPerToken(new BigDecimal(usdPerMillion));
    }

    private void add(String provider, String model, Price price, int concurrency, Pace pace, int requestsPerMinute) {
        QuotaDomainId domain = new QuotaDomainId(provider + "-" + model);
        domains.add(new QuotaDomain(
                domain,
                List.of(
                        Limit.per(Dimension.REQUESTS, requestsPerMinute, MINUTE),
                        Limit.per(Dimension.TOKENS, requestsPerMinute * 1250L, MINUTE))));
        ReplicaId id = new ReplicaId(provider + "/" + model);
        paces.put(id, pace);
        replicas.add(new Replica(
                id,
                new ProviderId(provider),
                new ModelId(model),
                model,
                false,
                price,
                Phase.ACTIVE,
                requestsPerMinute,
                replicas.size() + 1,
                List.of(),
                null,
                concurrency,
                List.of(domain),
                Timeouts.DEFAULTS,
                CircuitSettings.DEFAULTS,
                RetrySettings.DEFAULTS,
                LearningSettings.DEFAULTS));
    }

    private Catalogue catalogue() {
        Set<ProviderId> providers = new LinkedHashSet<>();
        Set<ModelId> models = new LinkedHashSet<>();
        for (Replica replica : replicas) {
            providers.add(replica.provider());
            models.add(replica.model());
        }
        return new Catalogue(
                providers.stream()
                        .map(id -> new Provider(id, "simulated", false, false, id.value()))
                        .toList(),
                models.stream().map(BuiltInFleet::model).toList(),
                replicas,
                domains,
                List.of());
    }

    private static LogicalModel model(ModelId id) {
        return new LogicalModel(id, ModelTier.MID, List.of(UseCase.CHAT), Set.of(), null, null, Map.of());
    }
}
