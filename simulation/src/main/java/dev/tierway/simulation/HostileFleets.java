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
import dev.tierway.domain.routing.BuiltInStrategy;
import dev.tierway.domain.routing.RankingStrategy;
import dev.tierway.domain.routing.RoutingPolicy;
import dev.tierway.simulation.baseline.Balancers;
import dev.tierway.simulation.baseline.Ranking;
import dev.tierway.simulation.world.Pace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Random fleets and policies for a {@link Soak}: small and odd rather than typical. */
final class HostileFleets {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final SplittableRandom dice;
    private final int providers;
    private final int models;
    private final boolean limited;

    HostileFleets(SplittableRandom dice) {
        this.dice = dice;
        this.providers = 1 + dice.nextInt(3);
        this.models = 1 + dice.nextInt(2);
        this.limited = dice.nextInt(3) > 0;
    }

    SimulatedFleet fleet(boolean defaultPolicy) {
        Map<ReplicaId, Pace> paces = new LinkedHashMap<>();
        List<Replica> replicas = new ArrayList<>();
        for (int i = 1 + dice.nextInt(7); i > 0; i--) {
            Replica replica = replica(i);
            replicas.add(replica);
            paces.put(
                    replica.id(),
                    Pace.millis(100 + 900 * dice.nextDouble(), 0.2 * dice.nextDouble(), 1 + 30 * dice.nextDouble()));
        }
        Catalogue catalogue = new Catalogue(
                IntStream.range(0, providers).mapToObj(HostileFleets::provider).toList(),
                IntStream.range(0, models).mapToObj(HostileFleets::model).toList(),
                replicas,
                limited ? IntStream.range(0, providers).mapToObj(this::domain).toList() : List.of(),
                List.of());
        RoutingPolicy policy = defaultPolicy ? RoutingPolicy.DEFAULTS : policy();
        return new SimulatedFleet(catalogue, policy, ModelTier.MID, UseCase.CHAT, paces);
    }

    private static Provider provider(int i) {
        return new Provider(new ProviderId("p" + i), "simulated", false, false, "p" + i);
    }

    private static LogicalModel model(int i) {
        return new LogicalModel(
                new ModelId("m" + i), ModelTier.MID, List.of(UseCase.CHAT), Set.of(), null, null, Map.of());
    }

    private QuotaDomain domain(int i) {
        return new QuotaDomain(
                new QuotaDomainId("p" + i),
                List.of(
                        Limit.per(Dimension.REQUESTS, 20 + dice.nextInt(400), MINUTE),
                        Limit.per(Dimension.TOKENS, 20_000 + dice.nextInt(500_000), MINUTE)));
    }

    private Replica replica(int i) {
        String provider = "p" + dice.nextInt(providers);
        String model = "m" + dice.nextInt(models);
        Duration firstToken = Duration.ofMillis(1000 + dice.nextInt(30_000));
        return new Replica(
                new ReplicaId(provider + "/" + model + "/" + i),
                new ProviderId(provider),
                new ModelId(model),
                model,
                dice.nextInt(10) == 0,
                dice.nextInt(8) == 0 ? null : new Price(dice.nextInt(5_000_000), dice.nextInt(20_000_000), null, null),
                i > 1 && dice.nextInt(8) == 0 ? Phase.STANDBY : Phase.ACTIVE,
                1 + dice.nextInt(5),
                1 + dice.nextInt(3),
                List.of(),
                null,
                dice.nextInt(5) == 0 ? null : (Integer) (2 + dice.nextInt(40)),
                limited && dice.nextInt(4) > 0 ? List.of(new QuotaDomainId(provider)) : List.of(),
                new Timeouts.Override(null, firstToken, null, null, null, null).over(Timeouts.DEFAULTS),
                CircuitSettings.DEFAULTS,
                RetrySettings.DEFAULTS,
                LearningSettings.DEFAULTS);
    }

    private RoutingPolicy policy() {
        RoutingPolicy defaults = RoutingPolicy.DEFAULTS;
        Duration total = Duration.ofSeconds(2 + dice.nextInt(120));
        return new RoutingPolicy(
                strategy(),
                defaults.weights(),
                defaults.localBonus(),
                0.01 * dice.nextDouble(),
                defaults.latencyValueOfTier(),
                defaults.failurePenaltyUsd(),
                defaults.answerValueUsd(),
                defaults.quotaPressureBelow(),
                defaults.picking().exploring(0.1 * dice.nextDouble()),
                defaults.waiting(),
                new RoutingPolicy.Spillover(
                        1 + dice.nextInt(6), 1 + dice.nextInt(4), dice.nextDouble(), dice.nextInt(10), false),
                new RoutingPolicy.Hedging(dice.nextBoolean() ? 0 : 0.3 * dice.nextDouble()),
                new Timeouts.Override(null, null, null, null, null, total).over(Timeouts.DEFAULTS),
                defaults.payload());
    }

    private RankingStrategy strategy() {
        if (dice.nextInt(3) > 0) {
            return BuiltInStrategy.ADAPTIVE;
        }
        int at = dice.nextInt(BuiltInStrategy.values().length + Balancers.ids().size());
        return at < BuiltInStrategy.values().length
                ? BuiltInStrategy.values()[at]
                : Ranking.of(Balancers.ids().get(at - BuiltInStrategy.values().length));
    }
}
