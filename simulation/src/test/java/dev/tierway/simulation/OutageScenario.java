package dev.tierway.simulation;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.tierway.domain.money.Price;
import dev.tierway.domain.routing.RoutingPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutageScenario {
    private static final long SECOND = 1_000_000_000L;
    private static final int CALLS = 6_000;
    private static final ReplicaModel HEALTHY = new ReplicaModel(400_000_000, 10_000_000, 0.002, null);

    @Test
    void when_one_replica_dies_for_a_minute_no_call_is_lost_and_it_gets_little_traffic() {
        ReplicaModel dying =
                new ReplicaModel(300_000_000, 10_000_000, 0.002, new ReplicaModel.Outage(60 * SECOND, 120 * SECOND));
        Simulation.Summary summary = run(List.of(dying, HEALTHY, HEALTHY), 7);
        assertThat(summary.delivered()).isGreaterThanOrEqualTo(CALLS * 999 / 1000);
        assertThat(summary.attempts()).isLessThan(CALLS * 105 / 100);
    }

    @Test
    void in_a_total_outage_calls_end_and_retries_stay_within_their_budget() {
        ReplicaModel dead = new ReplicaModel(300_000_000, 10_000_000, 0, new ReplicaModel.Outage(0, Long.MAX_VALUE));
        Simulation.Summary summary = run(List.of(dead, dead, dead), 8);
        assertThat(summary.delivered()).isZero();
        assertThat(summary.attempts()).isLessThanOrEqualTo(CALLS * 12 / 10);
    }

    @Test
    void the_same_seed_decides_the_same_in_every_run() {
        List<ReplicaModel> fleet = List.of(HEALTHY, new ReplicaModel(200_000_000, 30_000_000, 0.1, null), HEALTHY);
        assertThat(run(fleet, 9)).isEqualTo(run(fleet, 9));
        assertThat(run(fleet, 9).hash()).isNotEqualTo(run(fleet, 10).hash());
    }

    private static Simulation.Summary run(List<ReplicaModel> fleet, long seed) {
        ModelId model = new ModelId("m");
        List<Provider> providers = new ArrayList<>();
        List<Replica> replicas = new ArrayList<>();
        Map<ReplicaId, ReplicaModel> models = new LinkedHashMap<>();
        for (int i = 0; i < fleet.size(); i++) {
            ProviderId provider = new ProviderId("p" + i);
            ReplicaId id = new ReplicaId("p" + i + "/m");
            providers.add(new Provider(provider, "simulated", false, false, "p" + i));
            replicas.add(new Replica(
                    id,
                    provider,
                    model,
                    "m",
                    false,
                    Price.usdPerMillion("1", "2"),
                    Phase.ACTIVE,
                    1,
                    1,
                    List.of(),
                    null,
                    200,
                    List.of(),
                    Timeouts.DEFAULTS,
                    CircuitSettings.DEFAULTS,
                    RetrySettings.DEFAULTS));
            models.put(id, fleet.get(i));
        }
        LogicalModel logical = new LogicalModel(
                model, ModelTier.MID, List.of(UseCase.CHAT), Set.of(Capability.STREAMING), null, null, Map.of());
        Catalogue catalogue = new Catalogue(providers, List.of(logical), replicas, List.of(), List.of());
        return new Simulation(catalogue, models, RoutingPolicy.DEFAULTS)
                .run(ModelTier.MID, UseCase.CHAT, CALLS, 30, seed);
    }
}
