package dev.tierway.adapter.http;

import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.call.AttemptResult;
import dev.tierway.domain.call.CallIdentity;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.CallSpec;
import dev.tierway.domain.call.DryRun;
import dev.tierway.domain.call.LimitUse;
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
import dev.tierway.domain.money.Price;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Period;
import dev.tierway.domain.quota.Side;
import dev.tierway.domain.routing.Ask;
import dev.tierway.domain.routing.Constraints;
import dev.tierway.domain.routing.PrefixHashes;
import dev.tierway.domain.routing.Refusal;
import dev.tierway.domain.routing.RequestFeatures;
import dev.tierway.domain.routing.RoutingPolicy;
import dev.tierway.domain.routing.Ruling;
import dev.tierway.domain.routing.TokenEstimate;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Decisions as the engine makes them, about a fleet of two replicas, with whatever end a test wants. */
public final class Selections {
    public static final TokenUsage USAGE = new TokenUsage(10, 4, 0, 20, 5, TokenUsage.Counted.REPORTED);
    public static final NanoUsd COST = new NanoUsd(5_535_000);
    public static final long START_NANOS = 1_000_000_000;
    private static final long MILLI = 1_000_000;

    private static final LogicalModel MODEL = new LogicalModel(
            new ModelId("gpt-x"),
            ModelTier.MID,
            List.of(UseCase.CHAT),
            Set.of(Capability.TOOLS),
            100_000,
            4_000,
            Map.of());
    public static final Replica WEST = replica("west");
    public static final Replica EAST = replica("east");
    public static final Catalogue CATALOGUE = new Catalogue(
            List.of(provider("west"), provider("east")), List.of(MODEL), List.of(WEST, EAST), List.of(), List.of());
    private static final ReplicaRegistry REGISTRY = new ReplicaRegistry(CATALOGUE);

    private Selections() {}

    private static Provider provider(String id) {
        return new Provider(new ProviderId(id), "openai-compatible", false, false, id);
    }

    private static Replica replica(String provider) {
        return new Replica(
                new ReplicaId(provider + "/gpt-x"),
                new ProviderId(provider),
                MODEL.id(),
                "gpt-x-2026",
                false,
                Price.usdPerMillion("1", "2"),
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

    public static Selection dryRun(String callId, String requestId, boolean stream) {
        return dryRun(callId, requestId, stream, List.of(EAST, WEST));
    }

    /** Nobody has what the request needs. */
    public static Selection rejectedByNeeds(String callId, String requestId, Set<Capability> needs) {
        Selection base = dryRun(callId, requestId, false, List.of(WEST), needs);
        Refusal refusal = new Refusal(Refusal.Reason.NO_CAPABLE_REPLICA, null);
        return ended(base, base.rounds(), new CallResult.Refused(refusal));
    }

    private static Selection dryRun(String callId, String requestId, boolean stream, List<Replica> candidates) {
        return dryRun(callId, requestId, stream, candidates, Set.of());
    }

    private static Selection dryRun(
            String callId, String requestId, boolean stream, List<Replica> candidates, Set<Capability> needs) {
        Ask ask = new Ask("tier:mid/chat", Ask.Level.TIER, null, UseCase.CHAT, candidates, List.of(), Map.of());
        RequestFeatures features = new RequestFeatures(
                ask, stream, new TokenEstimate(10, null, 1), needs, Constraints.NONE, null, PrefixHashes.NONE);
        CallIdentity identity = new CallIdentity(callId, requestId, "test", 1_700_000_000_000L, START_NANOS, Map.of());
        CallSpec spec = new CallSpec(
                identity, features, RoutingPolicy.DEFAULTS, List.of(), START_NANOS + 600_000 * MILLI, false, 7);
        return DryRun.of(spec, REGISTRY, START_NANOS);
    }

    public static Selection delivered(String callId, String requestId, boolean stream, NanoUsd cost) {
        Selection base = dryRun(callId, requestId, stream, List.of(WEST));
        CallResult result = new CallResult.Delivered(new AttemptId(callId, 1), WEST.id(), USAGE, cost);
        return ended(base, List.of(round(base, 1, null, cost)), result);
    }

    /** Delivered, with a rule's mark on it. */
    public static Selection ruled(String callId, String requestId, Ruling ruling) {
        Selection plain = delivered(callId, requestId, false, COST);
        RequestFeatures features = plain.features();
        Ask ask = features.ask();
        Ask ruled = new Ask(
                ask.address(),
                ask.level(),
                ask.route(),
                ask.useCase(),
                ask.candidates(),
                ask.escalation(),
                ask.omitted(),
                ruling,
                ask.weights());
        return new Selection(
                plain.identity(),
                plain.generation(),
                plain.seed(),
                new RequestFeatures(
                        ruled,
                        features.stream(),
                        features.tokens(),
                        features.needs(),
                        features.constraints(),
                        features.signatureDomain(),
                        features.prefixes()),
                plain.policy(),
                plain.rounds(),
                plain.result(),
                plain.warnings());
    }

    /** East failed before it began, west answered. */
    public static Selection spilled(String callId, String requestId) {
        Selection first = dryRun(callId, requestId, true, List.of(EAST));
        Selection second = dryRun(callId, requestId, true, List.of(WEST));
        CallResult result = new CallResult.Delivered(new AttemptId(callId, 2), WEST.id(), USAGE, COST);
        return ended(
                first, List.of(round(first, 1, failure(FailureClass.OVERLOADED, 503)), round(second, 2, null)), result);
    }

    public static Selection exhausted(String callId, String requestId, Failure last) {
        Selection base = dryRun(callId, requestId, false, List.of(WEST));
        return ended(base, List.of(round(base, 1, last)), new CallResult.Exhausted(WEST.id(), last));
    }

    public static Selection broken(String callId, String requestId) {
        Failure failure = failure(FailureClass.STREAM_BROKEN, null);
        Selection base = dryRun(callId, requestId, true, List.of(WEST));
        return ended(base, List.of(round(base, 1, failure)), new CallResult.Broken(WEST.id(), failure, false));
    }

    public static Selection refused(String callId, String requestId, Refusal.Reason reason, Long retryAtNanos) {
        Selection base = dryRun(callId, requestId, false, List.of(WEST));
        return ended(base, base.rounds(), new CallResult.Refused(new Refusal(reason, retryAtNanos)));
    }

    public static Selection clientGone(String callId, String requestId) {
        Selection base = dryRun(callId, requestId, true, List.of(WEST));
        Failure cancelled = failure(FailureClass.CANCELLED, null);
        return ended(base, List.of(round(base, 1, cancelled)), new CallResult.ClientGone());
    }

    public static Failure failure(FailureClass failureClass, Integer status) {
        Long retryAfter = failureClass == FailureClass.RATE_LIMITED ? 1_200L : null;
        return new Failure(
                failureClass, Failure.Scope.REPLICA, Processed.UNKNOWN, status, retryAfter, null, "the vendor's words");
    }

    private static Round round(Selection decided, int n, Failure failure) {
        return round(decided, n, failure, COST);
    }

    private static Round round(Selection decided, int n, Failure failure, NanoUsd cost) {
        Round round = decided.rounds().getFirst();
        long start = START_NANOS + (n - 1) * 100 * MILLI;
        boolean broken = failure != null && failure.failureClass() == FailureClass.STREAM_BROKEN;
        AttemptResult result = new AttemptResult(
                failure,
                null,
                start,
                start + MILLI,
                failure == null || broken ? start + 40 * MILLI : null,
                start + 90 * MILLI,
                AttemptResult.Charged.SETTLED,
                failure == null ? USAGE : null,
                failure == null ? cost : null,
                failure == null ? AttemptResult.Verdict.DELIVERED : AttemptResult.Verdict.NEXT_REPLICA);
        return new Round(n, start, round.seed(), round.progress(), round.gatewayRetries(), round.choice(), result);
    }

    /** Delivered, and three quarters of the budget {@code house} are used. */
    public static Selection limited(String callId, String requestId) {
        Selection delivered = delivered(callId, requestId, false, COST);
        Descriptor house = new Descriptor(
                Descriptor.budgetOwner("house", ""),
                Side.CALLER,
                Period.DAY.limit(1000),
                true,
                Descriptor.Reserves.WORST_CASE);
        return new Selection(
                delivered.identity(),
                delivered.generation(),
                delivered.seed(),
                delivered.features(),
                delivered.policy(),
                delivered.rounds(),
                List.of(new LimitUse(house, 1, 1L, 250, 0, 0, false, false)),
                delivered.result(),
                delivered.warnings(),
                delivered.plugins());
    }

    private static Selection ended(Selection base, List<Round> rounds, CallResult result) {
        return new Selection(
                base.identity(),
                base.generation(),
                base.seed(),
                base.features(),
                base.policy(),
                rounds,
                result,
                List.of());
    }
}
