package dev.tierway.adapter.persistence;

import dev.tierway.application.explain.DecisionDocument;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.call.AttemptResult;
import dev.tierway.domain.call.CallIdentity;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.CallSpec;
import dev.tierway.domain.call.DryRun;
import dev.tierway.domain.call.Round;
import dev.tierway.domain.call.Selection;
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
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.catalogue.RetrySettings;
import dev.tierway.domain.catalogue.Timeouts;
import dev.tierway.domain.catalogue.UseCase;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.failure.Processed;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.routing.Ask;
import dev.tierway.domain.routing.Constraints;
import dev.tierway.domain.routing.PrefixHashes;
import dev.tierway.domain.routing.RequestFeatures;
import dev.tierway.domain.routing.RoutingPolicy;
import dev.tierway.domain.routing.TokenEstimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decisions as the engine makes them, with the end a test wants: replica {@code west/gpt-x} first, {@code east/gpt-y} after a
 * spill.
 */
public record Decisions(String id, long atEpochMillis, long seed, String agent) {
    /** A seed that no log samples. */
    public static final long UNSAMPLED = 1;

    public static final String WEST = "west/gpt-x";
    public static final String EAST = "east/gpt-y";

    private static final List<Replica> REPLICAS = List.of(replica("west", "gpt-x"), replica("east", "gpt-y"));
    private static final ReplicaRegistry REGISTRY = new ReplicaRegistry(new Catalogue(
            List.of(provider("west"), provider("east")),
            List.of(model("gpt-x"), model("gpt-y")),
            REPLICAS,
            List.of(),
            List.of()));

    public static Decisions named(String id) {
        return new Decisions(id, 1_700_000_000_000L, UNSAMPLED, null);
    }

    public Decisions at(long epochMillis) {
        return new Decisions(id, epochMillis, seed, agent);
    }

    public Decisions seed(long value) {
        return new Decisions(id, atEpochMillis, value, agent);
    }

    public Decisions agent(String name) {
        return new Decisions(id, atEpochMillis, seed, name);
    }

    public Selection delivered() {
        return ended(List.of(round(1, null)), deliveredBy(1));
    }

    /** West failed before it began, east answered. */
    public Selection spilled() {
        return ended(List.of(round(1, FailureClass.OVERLOADED), round(2, null)), deliveredBy(2));
    }

    public Selection failed(FailureClass failure) {
        return ended(
                List.of(round(1, failure)),
                new CallResult.Exhausted(REPLICAS.getFirst().id(), failure(failure)));
    }

    public Selection dryRun() {
        return decided(REPLICAS.getFirst());
    }

    private static CallResult deliveredBy(int n) {
        return new CallResult.Delivered(
                new AttemptId("call", n), REPLICAS.get(n - 1).id(), TokenUsage.reported(10, 20), NanoUsd.ZERO);
    }

    private Round round(int n, FailureClass failure) {
        Round round = decided(REPLICAS.get(n - 1)).rounds().getFirst();
        AttemptResult result = new AttemptResult(
                failure == null ? null : failure(failure),
                null,
                n,
                (long) n,
                failure == null ? (long) n : null,
                n + 1,
                AttemptResult.Charged.SETTLED,
                TokenUsage.reported(10, 20),
                NanoUsd.ZERO,
                failure == null ? AttemptResult.Verdict.DELIVERED : AttemptResult.Verdict.NEXT_REPLICA);
        return new Round(n, n, round.seed(), round.progress(), round.gatewayRetries(), round.choice(), result);
    }

    private static Failure failure(FailureClass failureClass) {
        return Failure.of(failureClass, Processed.NO, "the vendor's words");
    }

    private Selection decided(Replica replica) {
        Ask ask = new Ask("tier:mid/chat", Ask.Level.TIER, null, UseCase.CHAT, List.of(replica), List.of(), Map.of());
        RequestFeatures features = new RequestFeatures(
                ask, false, new TokenEstimate(10, null, 1), Set.of(), Constraints.NONE, null, PrefixHashes.NONE);
        CallIdentity identity = new CallIdentity(
                id, "req-" + id, "test", atEpochMillis, 0, agent == null ? Map.of() : Map.of("agent", agent));
        return DryRun.of(
                new CallSpec(identity, features, RoutingPolicy.DEFAULTS, List.of(), 600_000_000_000L, false, seed),
                REGISTRY,
                0);
    }

    private Selection ended(List<Round> rounds, CallResult result) {
        Selection base = dryRun();
        return new Selection(
                base.identity(),
                base.generation(),
                seed,
                base.features(),
                base.policy(),
                new ArrayList<>(rounds),
                result,
                List.of());
    }

    /** The ids of documents, in their order. */
    public static List<String> ids(List<DecisionDocument> documents) {
        return documents.stream()
                .map(document -> String.valueOf(document.json().get("id")))
                .toList();
    }

    private static Provider provider(String id) {
        return new Provider(new ProviderId(id), "openai-compatible", false, false, id);
    }

    private static LogicalModel model(String id) {
        return new LogicalModel(
                new ModelId(id),
                ModelTier.MID,
                List.of(UseCase.CHAT),
                Set.of(Capability.TOOLS),
                100_000,
                4_000,
                Map.of());
    }

    private static Replica replica(String provider, String model) {
        return new Replica(
                new ReplicaId(provider + "/" + model),
                new ProviderId(provider),
                new ModelId(model),
                model,
                false,
                null,
                Phase.ACTIVE,
                1,
                1,
                List.of(),
                null,
                8,
                List.of(),
                Timeouts.DEFAULTS,
                CircuitSettings.DEFAULTS,
                RetrySettings.DEFAULTS,
                LearningSettings.DEFAULTS);
    }
}
