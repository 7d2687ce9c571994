package dev.tierway.simulation;

import dev.tierway.domain.call.CallIdentity;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.CallSpec;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.catalogue.UseCase;
import dev.tierway.domain.fleet.Mixing;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.routing.Ask;
import dev.tierway.domain.routing.Constraints;
import dev.tierway.domain.routing.PrefixHashes;
import dev.tierway.domain.routing.RequestFeatures;
import dev.tierway.domain.routing.RoutingPolicy;
import dev.tierway.domain.routing.TokenEstimate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Runs calls against simulated replicas in virtual time, through the production registry, selector and state machine. */
public final class Simulation {
    private static final long INPUT_TOKENS = 500;
    private static final long OUTPUT_TOKENS = 100;

    private final Catalogue catalogue;
    private final Map<ReplicaId, ReplicaModel> models;
    private final RoutingPolicy policy;
    private final VirtualTime time = new VirtualTime();
    private final ReplicaRegistry registry;

    public Simulation(Catalogue catalogue, Map<ReplicaId, ReplicaModel> models, RoutingPolicy policy) {
        this.catalogue = catalogue;
        this.models = new LinkedHashMap<>(models);
        this.policy = policy;
        this.registry = new ReplicaRegistry(catalogue);
    }

    /**
     * What came of a run.
     *
     * @param hash of every decision, equal for equal seeds
     * @param sentTo attempts by replica
     */
    public record Summary(int calls, int delivered, int attempts, long hash, Map<ReplicaId, Integer> sentTo) {}

    /** Poisson arrivals of one kind of call, addressed to a tier. */
    public Summary run(ModelTier tier, UseCase useCase, int calls, double callsPerSecond, long seed) {
        Tally tally = new Tally();
        Ask ask = new Ask(
                "tier:" + tier.id() + "/" + useCase.name(),
                Ask.Level.TIER,
                null,
                useCase,
                catalogue.replicasServing(tier, useCase),
                java.util.List.of(),
                Map.of());
        RequestFeatures features = new RequestFeatures(
                ask,
                true,
                new TokenEstimate(INPUT_TOKENS, null, 1),
                Set.of(),
                Constraints.NONE,
                null,
                PrefixHashes.NONE);
        double at = 0;
        for (int i = 0; i < calls; i++) {
            at += -StrictMath.log(1 - Mixing.unit(seed, 2L * i)) / callsPerSecond * 1e9;
            long callSeed = Mixing.mix(seed, 2L * i + 1);
            String id = "sim_" + i;
            time.at((long) at, () -> start(id, features, callSeed, tally));
        }
        time.run();
        return new Summary(calls, tally.delivered, tally.attempts, tally.hash, tally.sentTo);
    }

    private void start(String id, RequestFeatures features, long seed, Tally tally) {
        long now = time.nowNanos();
        CallSpec spec = new CallSpec(
                new CallIdentity(id, id, "simulation", 0, now, Map.of()),
                features,
                policy,
                java.util.List.of(),
                now + policy.timeouts().total().toNanos(),
                false,
                seed);
        new VirtualDriver(spec, registry, time, models, OUTPUT_TOKENS, tally::add).start();
    }

    private static final class Tally {
        private final Map<ReplicaId, Integer> sentTo = new LinkedHashMap<>();
        private int delivered;
        private int attempts;
        private long hash;

        void add(Selection selection) {
            delivered += selection.result() instanceof CallResult.Delivered ? 1 : 0;
            attempts += selection.attempts();
            for (var round : selection.rounds()) {
                if (round.choice() instanceof dev.tierway.domain.routing.Choice.Chosen chosen) {
                    ReplicaId replica = chosen.replica().replica().id();
                    sentTo.merge(replica, 1, Integer::sum);
                    hash = Mixing.mix(hash, replica.value().hashCode() + 31L * round.atNanos());
                }
            }
        }
    }
}
