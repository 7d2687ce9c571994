package dev.tierway.domain.call;

import dev.tierway.domain.catalogue.QuotaDomain;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.Timeouts;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.failure.Processed;
import dev.tierway.domain.fleet.FleetSnapshot;
import dev.tierway.domain.fleet.Mixing;
import dev.tierway.domain.fleet.PermitRequest;
import dev.tierway.domain.fleet.PermitResult;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.fleet.ReplicaView;
import dev.tierway.domain.fleet.RetryBudget;
import dev.tierway.domain.routing.Choice;
import dev.tierway.domain.routing.Refusal;
import dev.tierway.domain.routing.RequestFeatures;
import dev.tierway.domain.routing.RoutingPolicy;
import dev.tierway.domain.routing.RoutingProgress;
import dev.tierway.domain.routing.TierAwareModelSelector;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Selects, takes the permit and plans the reservation of a call's next attempt. */
final class AttemptStarter {
    static final Failure TOTAL_OVER = Failure.of(FailureClass.TIMEOUT, Processed.YES, "the call's total time was over");
    private static final long LEAST_UNARY_NANOS = 60_000_000_000L;
    private static final double UNARY_PATIENCE = 3;
    private static final double HEDGE_PATIENCE = 2;
    private static final long SALT_HEDGE = 201;
    /** A permit may be refused because others were faster; each time the fleet looks different. */
    private static final int MOST_REFUSED_PERMITS = 64;

    private final CallSpec spec;
    private final ReplicaRegistry registry;
    private final Journey journey;

    AttemptStarter(CallSpec spec, ReplicaRegistry registry, Journey journey) {
        this.spec = spec;
        this.registry = registry;
        this.journey = journey;
    }

    /** What a call does next. */
    sealed interface Next {
        record Begin(Attempt attempt, Action.Reserve reserve) implements Next {}

        record Wait(long untilNanos) implements Next {}

        record Nobody(Refusal refusal) implements Next {}
    }

    Next next(int n, long nowNanos) {
        RequestFeatures features = spec.features();
        int refusedPermits = 0;
        while (true) {
            RoutingProgress progress = journey.progress(nowNanos);
            FleetSnapshot snapshot = registry.snapshot(
                    features.ask().candidates(), features.ask().escalation(), nowNanos);
            long seed = journey.nextSeed();
            Choice choice = TierAwareModelSelector.select(features, snapshot, spec.policy(), progress, nowNanos, seed);
            switch (choice) {
                case Choice.Chosen chosen -> {
                    if (acquire(chosen, progress, nowNanos) instanceof PermitResult.Granted(var permit)) {
                        int round = journey.record(n, nowNanos, seed, progress, chosen);
                        Attempt attempt = new Attempt(id(n), permit, nowNanos, round);
                        journey.began(attempt);
                        return begin(attempt, chosen.replica());
                    }
                    if (++refusedPermits > MOST_REFUSED_PERMITS) {
                        return new Next.Nobody(new Refusal(Refusal.Reason.CAPACITY_EXHAUSTED, null));
                    }
                }
                case Choice.Nobody nobody -> {
                    Long until = nobody.parkUntilNanos();
                    if (until != null) {
                        journey.record(n, nowNanos, seed, progress, nobody);
                        journey.park();
                        return new Next.Wait(until);
                    }
                    if (!journey.widen()) {
                        journey.record(n, nowNanos, seed, progress, nobody);
                        return new Next.Nobody(nobody.refusal());
                    }
                }
            }
        }
    }

    private AttemptId id(int n) {
        return new AttemptId(spec.identity().callId(), n);
    }

    private PermitResult acquire(Choice.Chosen chosen, RoutingProgress progress, long nowNanos) {
        Replica replica = chosen.replica().replica();
        RoutingPolicy.Spillover limits = spec.policy().spillover();
        return registry.acquire(
                new PermitRequest(
                        replica,
                        spec.features().ask().pinned() || chosen.because() == Choice.Because.LAST_RESORT,
                        progress.first(),
                        progress.charged(
                                replica.provider(), chosen.replica().provider().healthyLately(nowNanos)),
                        new RetryBudget.Rule(limits.retryBudgetShare(), limits.retryBudgetMinimum())),
                nowNanos);
    }

    private Next begin(Attempt attempt, ReplicaView view) {
        List<QuotaDomain> domains = attempt.replica().quotaDomains().stream()
                .map(registry.catalogue()::quotaDomain)
                .filter(Objects::nonNull)
                .toList();
        ReservationPlan plan = ReservationPlan.of(spec, view, domains, journey.sent() == 0);
        return new Next.Begin(
                attempt, new Action.Reserve(attempt.id, attempt.replica(), plan.descriptors(), plan.estimate()));
    }

    /** How long an attempt that starts now may take. */
    AttemptClocks clocks(Attempt attempt, long nowNanos) {
        Timeouts timeouts = attempt.replica().timeouts();
        long firstToken = timeouts.firstTokenNanos(spec.features().tokens().input());
        long untilTotal = Math.max(1, spec.deadlineNanos() - nowNanos);
        long unary = firstToken + LEAST_UNARY_NANOS;
        if (journey.chosen(attempt) instanceof Choice.Chosen chosen) {
            double expected = chosen.score().ttftNanos()
                    + chosen.score().tokenNanos()
                            * chosen.replica().modelState().outputs().mean();
            unary = firstToken + Math.max(LEAST_UNARY_NANOS, (long) (UNARY_PATIENCE * expected));
        }
        boolean last = journey.spent() || !mayStartAnother(nowNanos + unary);
        return new AttemptClocks(
                timeouts.connect().toNanos(),
                firstToken,
                timeouts.idle().toNanos(),
                last ? untilTotal : Math.min(unary, untilTotal));
    }

    /** Whether the spill clock still allows a new attempt at that time. */
    boolean mayStartAnother(long nowNanos) {
        long spill = spec.policy().timeouts().spill().toNanos();
        return nowNanos < spec.identity().startNanos() + spill && nowNanos < spec.deadlineNanos();
    }

    /** When a second attempt may start beside this one; null if not at all. */
    @Nullable
    Long hedgeAt(Attempt attempt, long nowNanos) {
        double share = spec.policy().hedging().share();
        if (share <= 0
                || !spec.features().stream()
                || spec.features().ask().pinned()
                || journey.sent() != 1
                || Mixing.unit(spec.seed(), SALT_HEDGE) >= share) {
            return null;
        }
        return journey.chosen(attempt) instanceof Choice.Chosen chosen
                ? nowNanos + (long) (HEDGE_PATIENCE * chosen.score().ttftNanos())
                : null;
    }
}
