package dev.tierway.benchmarks;

import dev.tierway.application.explain.DecisionDocument;
import dev.tierway.application.explain.DecisionExplainer;
import dev.tierway.domain.call.CallIdentity;
import dev.tierway.domain.call.CallSpec;
import dev.tierway.domain.call.DryRun;
import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.UseCase;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.routing.Ask;
import dev.tierway.domain.routing.Choice;
import dev.tierway.domain.routing.Constraints;
import dev.tierway.domain.routing.PrefixHashes;
import dev.tierway.domain.routing.RequestFeatures;
import dev.tierway.domain.routing.RoutingPolicy;
import dev.tierway.domain.routing.RoutingProgress;
import dev.tierway.domain.routing.TierAwareModelSelector;
import dev.tierway.domain.routing.TokenEstimate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One decision: snapshot, filter, score, pick, verdicts. {@code 4+996} is a fleet of 1,000 with 4 candidates; in one with
 * {@code limits} both our quota store and the vendors have told what is left of every replica's.
 */
@State(Scope.Thread)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@SuppressWarnings("NullAway.Init")
public class DecisionBenchmark {
    private static final long NOW = 30_000_000_000L;

    @Param({"4+0", "4+996", "32+0", "32+0+limits", "1000+0", "1000+0+limits"})
    public String fleet;

    private ReplicaRegistry registry;
    private RequestFeatures features;
    private CallSpec spec;
    private long seed;

    @Setup
    public void setUp() {
        String[] parts = fleet.split("\\+", 3);
        boolean limited = parts.length == 3;
        Catalogue catalogue = Fleet.catalogue(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), limited);
        registry = Fleet.withHistory(catalogue);
        if (limited) {
            Fleet.observeLimits(registry, catalogue, NOW);
        }
        Ask ask = new Ask(
                "tier:mid/chat",
                Ask.Level.TIER,
                null,
                UseCase.CHAT,
                catalogue.replicasServing(ModelTier.MID, UseCase.CHAT),
                List.of(),
                Map.of());
        features = new RequestFeatures(
                ask, true, new TokenEstimate(500, 256L, 1), Set.of(), Constraints.NONE, null, PrefixHashes.NONE);
        spec = new CallSpec(
                new CallIdentity("dec_x", "req_x", "bench", 0, NOW, Map.of()),
                features,
                RoutingPolicy.DEFAULTS,
                List.of(),
                Long.MAX_VALUE,
                false,
                7);
    }

    @Benchmark
    public Choice decide() {
        return TierAwareModelSelector.select(
                features,
                registry.snapshot(features.ask().candidates(), List.of(), features.shape(), NOW),
                RoutingPolicy.DEFAULTS,
                RoutingProgress.START,
                NOW,
                seed++);
    }

    /** A decision and its document as it is sent and stored. */
    @Benchmark
    public byte[] explain() {
        return DecisionExplainer.json(DryRun.of(spec, registry, NOW));
    }

    /** The same as maps and lists. */
    @Benchmark
    public DecisionDocument explainAsValues() {
        return DecisionExplainer.document(DryRun.of(spec, registry, NOW));
    }
}
