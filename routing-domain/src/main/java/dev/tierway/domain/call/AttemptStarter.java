package dev.tierway.domain.call;

import dev.tierway.domain.catalogue.QuotaDomain;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.fleet.FleetSnapshot;
import dev.tierway.domain.fleet.PermitOutcome;
import dev.tierway.domain.fleet.PermitRequest;
import dev.tierway.domain.fleet.PermitResult;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.fleet.ReplicaView;
import dev.tierway.domain.fleet.RetryBudget;
import dev.tierway.domain.routing.Choice;
import dev.tierway.domain.routing.Refusal;
import dev.tierway.domain.routing.Rejection;
import dev.tierway.domain.routing.RequestFeatures;
import dev.tierway.domain.routing.RoutingProgress;
import dev.tierway.domain.routing.TierAwareModelSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Selects, takes the permit and plans the reservation of a call's next attempt. */
final class AttemptStarter {
    /** A permit may be refused because others were faster; each time the fleet looks different. */
    private static final int MOST_REFUSED_PERMITS = 64;

    private final CallSpec spec;
    private final ReplicaRegistry registry;
    private final Journey journey;
    private final Pacing pacing;

    AttemptStarter(CallSpec spec, ReplicaRegistry registry, Journey journey, Pacing pacing) {
        this.spec = spec;
        this.registry = registry;
        this.journey = journey;
        this.pacing = pacing;
    }

    /** What a call does next. */
    sealed interface Next {
        record Begin(Attempt attempt, Action.Reserve reserve) implements Next {}

        /** @param full those that lack nothing but a free slot */
        record Wait(long untilNanos, long limitNanos, List<Replica> full) implements Next {}

        record Nobody(Refusal refusal) implements Next {}
    }

    /** One decision, and the permit if somebody was chosen and still had room. */
    private record Step(
            long seed,
            RoutingProgress progress,
            RetryBudget gatewayRetries,
            Choice choice,
            @Nullable Attempt attempt) {}

    Next next(int n, long nowNanos) {
        int refusedPermits = 0;
        while (true) {
            Step step = step(n, journey.progress(nowNanos), false, nowNanos);
            switch (step.choice) {
                case Choice.Chosen chosen -> {
                    Attempt attempt = step.attempt;
                    if (attempt != null) {
                        return begin(attempt, chosen, nowNanos);
                    }
                    if (++refusedPermits > MOST_REFUSED_PERMITS) {
                        var refusal = new Refusal(Refusal.Reason.CAPACITY_EXHAUSTED, null);
                        return nobody(n, step, new Choice.Nobody(refusal, null, chosen.verdicts()), nowNanos);
                    }
                }
                case Choice.Nobody nobody -> {
                    Long until = nobody.parkUntilNanos();
                    if (until != null) {
                        journey.record(n, nowNanos, step.seed, step.progress, step.gatewayRetries, nobody);
                        journey.park(step.progress);
                        Long limit = step.progress.parkLimitNanos();
                        return new Next.Wait(until, limit == null ? until : limit, full(nobody));
                    }
                    if (!journey.widen()) {
                        return nobody(n, step, nobody, nowNanos);
                    }
                }
            }
        }
    }

    private static List<Replica> full(Choice.Nobody nobody) {
        List<Replica> full = new ArrayList<>();
        for (Choice.Verdict verdict : nobody.verdicts()) {
            List<Rejection> reasons = verdict.rejections();
            if (reasons.stream().anyMatch(Rejection.AtCapacity.class::isInstance)
                    && reasons.stream().allMatch(Rejection.Capacity.class::isInstance)) {
                full.add(verdict.replica().replica());
            }
        }
        return full;
    }

    /** An attempt beside the one that runs; empty if nobody with room is eligible now. Never waits, never escalates. */
    Optional<Next.Begin> hedge(int n, long nowNanos) {
        Step step = step(n, journey.hedgeProgress(nowNanos), true, nowNanos);
        Attempt attempt = step.attempt;
        return attempt != null && step.choice instanceof Choice.Chosen chosen
                ? Optional.of(begin(attempt, chosen, nowNanos))
                : Optional.empty();
    }

    private Step step(int n, RoutingProgress progress, boolean hedge, long nowNanos) {
        RequestFeatures features = spec.features();
        FleetSnapshot snapshot =
                registry.snapshot(features.ask().candidates(), features.ask().escalation(), features.shape(), nowNanos);
        long seed = journey.nextSeed();
        Choice choice = TierAwareModelSelector.select(features, snapshot, spec.policy(), progress, nowNanos, seed);
        if (choice instanceof Choice.Chosen chosen
                && (!hedge || pacing.roomForHedge(chosen.replica()))
                && acquire(chosen, progress, nowNanos) instanceof PermitResult.Granted(var permit)) {
            try {
                int round = journey.record(n, nowNanos, seed, progress, snapshot.gatewayRetries(), chosen);
                AttemptId id = new AttemptId(spec.identity().callId(), n);
                return new Step(
                        seed,
                        progress,
                        snapshot.gatewayRetries(),
                        choice,
                        new Attempt(id, permit, spec.callerLimits().dearest(), nowNanos, round));
            } catch (RuntimeException broken) {
                registry.release(permit, new PermitOutcome.Unused(), nowNanos);
                throw broken;
            }
        }
        return new Step(seed, progress, snapshot.gatewayRetries(), choice, null);
    }

    private PermitResult acquire(Choice.Chosen chosen, RoutingProgress progress, long nowNanos) {
        Replica replica = chosen.replica().replica();
        return registry.acquire(
                new PermitRequest(
                        replica,
                        spec.features().ask().pinned() || chosen.because() == Choice.Because.LAST_RESORT,
                        progress.first(),
                        progress.charged(replica.provider(), chosen.replica().providerHealthy(nowNanos)),
                        spec.policy().spillover().retryRule()),
                nowNanos);
    }

    private Next.Begin begin(Attempt attempt, Choice.Chosen chosen, long nowNanos) {
        try {
            return reserving(attempt, chosen, nowNanos);
        } catch (RuntimeException broken) {
            registry.release(attempt.permit, new PermitOutcome.Unused(), nowNanos);
            throw broken;
        }
    }

    private Next.Begin reserving(Attempt attempt, Choice.Chosen chosen, long nowNanos) {
        journey.began(attempt);
        ReplicaView view = chosen.replica();
        List<QuotaDomain> domains = attempt.replica().quotaDomains().stream()
                .map(registry.catalogue()::quotaDomain)
                .filter(Objects::nonNull)
                .toList();
        ReservationPlan plan = ReservationPlan.of(
                spec, view, domains, registry.learned(attempt.replica(), nowNanos), journey.sent() == 0);
        journey.limits().asked(attempt.id, plan.estimate());
        return new Next.Begin(
                attempt, new Action.Reserve(attempt.id, attempt.replica(), plan.descriptors(), plan.estimate()));
    }

    private Next.Nobody nobody(int n, Step step, Choice.Nobody choice, long nowNanos) {
        journey.record(n, nowNanos, step.seed, step.progress, step.gatewayRetries, choice);
        return new Next.Nobody(choice.refusal());
    }
}
