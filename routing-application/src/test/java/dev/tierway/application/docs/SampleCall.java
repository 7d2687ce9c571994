package dev.tierway.application.docs;

import dev.tierway.domain.call.Action;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.call.CallIdentity;
import dev.tierway.domain.call.CallSpec;
import dev.tierway.domain.call.DryRun;
import dev.tierway.domain.call.Event;
import dev.tierway.domain.call.RoutedCall;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.CircuitSettings;
import dev.tierway.domain.catalogue.LearningSettings;
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
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.money.Price;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.routing.Ask;
import dev.tierway.domain.routing.Constraints;
import dev.tierway.domain.routing.PrefixHashes;
import dev.tierway.domain.routing.RequestFeatures;
import dev.tierway.domain.routing.RoutingPolicy;
import dev.tierway.domain.routing.TokenEstimate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** One model with as many replicas as phases are given, and calls to it without any I/O. */
public final class SampleCall {
    private static final long SECOND = 1_000_000_000L;

    private final ReplicaRegistry registry;
    private final CallSpec spec;

    private SampleCall(ReplicaRegistry registry, CallSpec spec) {
        this.registry = registry;
        this.spec = spec;
    }

    public static SampleCall byTier(Phase... replicas) {
        return of(Ask.Level.TIER, replicas);
    }

    public static SampleCall pinnedTo(Phase replica) {
        return of(Ask.Level.REPLICA, replica);
    }

    private static SampleCall of(Ask.Level level, Phase... phases) {
        LogicalModel model = new LogicalModel(
                new ModelId("m"), ModelTier.MID, List.of(UseCase.CHAT), Set.of(), 1000, null, Map.of());
        List<Replica> replicas = IntStream.range(0, phases.length)
                .mapToObj(number -> replica(model, number, phases[number]))
                .toList();
        List<Provider> providers = replicas.stream()
                .map(replica -> new Provider(replica.provider(), "simulated", false, false, "p"))
                .toList();
        Ask ask = new Ask("tier:mid/chat", level, null, null, replicas, List.of(), Map.of());
        CallSpec spec = new CallSpec(
                new CallIdentity("dec_1", "req_1", "gw-1", 0, 0, Map.of()),
                new RequestFeatures(
                        ask,
                        true,
                        new TokenEstimate(100, null, 1),
                        Set.of(),
                        Constraints.NONE,
                        null,
                        PrefixHashes.NONE),
                RoutingPolicy.DEFAULTS,
                List.of(),
                600 * SECOND,
                false,
                7);
        Catalogue catalogue = new Catalogue(providers, List.of(model), replicas, List.of(), List.of());
        return new SampleCall(new ReplicaRegistry(catalogue), spec);
    }

    private static Replica replica(LogicalModel model, int number, Phase phase) {
        ProviderId provider = new ProviderId("p" + number);
        return new Replica(
                new ReplicaId(provider.value() + "/m"),
                provider,
                model.id(),
                "m",
                false,
                Price.usdPerMillion("1", "2"),
                phase,
                1,
                1,
                List.of(),
                null,
                null,
                List.of(),
                Timeouts.DEFAULTS,
                CircuitSettings.DEFAULTS,
                RetrySettings.DEFAULTS,
                LearningSettings.DEFAULTS);
    }

    public Selection dryRun() {
        return DryRun.of(spec, registry, 0);
    }

    /** The first attempt is told to come back later, the second delivers. */
    public Selection spilledAndDelivered() {
        RoutedCall call = new RoutedCall(spec, registry);
        call.on(new Event.Started(), 0);
        AttemptId first = new AttemptId("dec_1", 1);
        call.on(new Event.Reserved(first), 0);
        call.on(new Event.Sent(first), 0);
        Failure busy = new Failure(
                FailureClass.RATE_LIMITED, Failure.Scope.REPLICA, Processed.NO, 429, 12_000L, null, "slow down");
        call.on(new Event.Failed(first, busy), SECOND);
        AttemptId second = new AttemptId("dec_1", 2);
        call.on(new Event.Reserved(second), SECOND);
        call.on(new Event.Sent(second), SECOND);
        call.on(new Event.Committed(second), 2 * SECOND);
        return call.on(new Event.Delivered(second, TokenUsage.reported(100, 20)), 3 * SECOND).stream()
                .filter(Action.Finish.class::isInstance)
                .map(action -> ((Action.Finish) action).selection())
                .findFirst()
                .orElseThrow();
    }
}
