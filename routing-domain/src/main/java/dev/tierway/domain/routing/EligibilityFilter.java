package dev.tierway.domain.routing;

import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.CircuitSettings;
import dev.tierway.domain.catalogue.Construct;
import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fleet.Circuit;
import dev.tierway.domain.fleet.Mixing;
import dev.tierway.domain.fleet.ProbeResult;
import dev.tierway.domain.fleet.ProbeState;
import dev.tierway.domain.fleet.ReplicaView;
import dev.tierway.domain.fleet.RetryBudget;
import dev.tierway.domain.operator.OperatorAction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one ordered chain every candidate passes at every attempt. Every refusal is kept, with its facts. */
final class EligibilityFilter {
    private final Situation situation;
    private final Capability[] needs;
    /** Output tokens that are certain to be needed. */
    private final long output;

    private final Reasons reasons = new Reasons();

    EligibilityFilter(Situation situation) {
        this.situation = situation;
        this.needs = situation.features().needs().toArray(Capability[]::new);
        Long asked = situation.features().tokens().maxOutput();
        this.output = asked == null ? 1 : asked;
    }

    /** Every reason against the candidate, in the chain's order; empty if it is eligible. */
    List<Rejection> rejections(ReplicaView view) {
        fit(view);
        policy(view);
        capacity(view);
        health(view);
        return reasons.take();
    }

    private void fit(ReplicaView view) {
        RequestFeatures features = situation.features();
        RoutingProgress progress = situation.progress();
        var useCase = features.ask().useCase();
        if (useCase != null && !view.model().serves(useCase)) {
            reasons.add(new Rejection.UseCaseNotServed(useCase));
        }
        if (lacks(view)) {
            List<Capability> missing = new ArrayList<>(features.needs());
            missing.removeAll(view.model().capabilities());
            reasons.add(new Rejection.MissingCapability(List.copyOf(missing)));
        }
        Integer window = view.model().contextWindow();
        long needed = features.tokens().inputLow(view.model().id()) + output;
        boolean tooLong = window == null
                ? progress.tooLongFor(view.model().id())
                : needed > window || window <= progress.windowAbove();
        if (tooLong) {
            reasons.add(new Rejection.ContextTooLong(Math.max(needed, progress.windowAbove() + 1L), window));
        }
        String signatures = features.signatureDomain();
        if (signatures != null && !signatures.equals(view.dialect().signatures())) {
            reasons.add(new Rejection.NotPortable(signatures));
        }
        wording(features.wording(), view);
        var left = progress.left(view.replica().id());
        if (left != null && !view.replica().id().equals(progress.repeating())) {
            reasons.add(new Rejection.AlreadyLeft(left.attempt(), left.failureClass()));
        } else {
            int spent = progress.attemptsAt(view.model().id());
            if (spent >= situation.policy().spillover().attemptsPerModel()) {
                reasons.add(new Rejection.ModelAttemptsSpent(spent));
            }
        }
    }

    private void wording(Wording wording, ReplicaView view) {
        List<Construct> lost = view.dialect().loses(wording.format(), wording.uses());
        if (lost.isEmpty()) {
            return;
        }
        List<Construct> refusing = wording.lossless()
                ? lost
                : lost.stream()
                        .filter(one -> one.loss() == Construct.Loss.FAILS)
                        .toList();
        if (!refusing.isEmpty()) {
            reasons.add(new Rejection.NotExpressible(List.copyOf(refusing)));
        }
    }

    private boolean lacks(ReplicaView view) {
        for (Capability need : needs) {
            if (!view.model().capabilities().contains(need)) {
                return true;
            }
        }
        return false;
    }

    private void policy(ReplicaView view) {
        Replica replica = view.replica();
        if (view.phase() == Phase.DRAINING) {
            reasons.add(new Rejection.InPhase(Phase.DRAINING, view.standing().phase()));
        }
        if (replica.weight() == 0) {
            reasons.add(new Rejection.WeightZero());
        }
        Demands.check(view, situation.features(), reasons);
        OperatorAction marked = view.standing().markedUnhealthy();
        if (marked != null) {
            reasons.add(new Rejection.MarkedUnhealthy(marked));
        }
    }

    private void capacity(ReplicaView view) {
        long now = situation.nowNanos();
        Integer limit = view.replica().concurrency();
        if (limit != null && view.state().inFlight() >= limit) {
            reasons.add(new Rejection.AtCapacity(view.state().inFlight(), limit));
        }
        var denied = situation.progress().denied(view.replica().id());
        if (denied != null && (denied.untilNanos() == null || now < denied.untilNanos())) {
            reasons.add(new Rejection.QuotaExhausted(denied.descriptor(), denied.untilNanos()));
        }
        var exhausted = view.exhausted();
        if (denied == null && exhausted != null) {
            reasons.add(new Rejection.QuotaExhausted(
                    exhausted.owner() + " " + exhausted.dimension().id(), exhausted.untilNanos()));
        }
        rest(view.state().cooldown().untilNanos(), Failure.Scope.REPLICA, now);
        rest(view.provider().cooldown().untilNanos(), Failure.Scope.PROVIDER, now);
        RoutingProgress progress = situation.progress();
        if (!progress.first()
                && progress.charged(view.replica().provider(), view.providerHealthy(now))
                && !(view.provider().retries().allows(RetryBudget.Rule.of(view.replica()), now)
                        && situation.gatewayRetries().allows(situation.retryRule(), now))) {
            reasons.add(new Rejection.RetryBudgetEmpty(view.replica().provider().value()));
        }
    }

    private void rest(@Nullable Long until, Failure.Scope scope, long now) {
        if (until != null && now < until) {
            reasons.add(new Rejection.CoolingDown(until, scope));
        }
    }

    private void health(ReplicaView view) {
        circuit(view.state().circuit(), view.replica().circuit(), Failure.Scope.REPLICA, view);
        circuit(view.provider().circuit(), view.accountCircuit(), Failure.Scope.PROVIDER, view);
        probed(view.probe());
    }

    private void probed(ProbeState probe) {
        Long until = probe.unhealthyUntilNanos(situation.nowNanos());
        ProbeResult found = probe.last();
        if (until != null && found != null) {
            reasons.add(new Rejection.UnhealthyByProbe(until, found));
        }
    }

    private void circuit(Circuit circuit, CircuitSettings settings, Failure.Scope scope, ReplicaView view) {
        long now = situation.nowNanos();
        switch (circuit.phase(now, settings)) {
            case CLOSED -> {}
            case RAMPING -> {
                double share = circuit.admittedShare(now, settings);
                if (Mixing.unit(situation.seed(), view.replica().id().value().hashCode()) >= share) {
                    reasons.add(new Rejection.Ramping(share));
                }
            }
            case OPEN -> reasons.add(open(circuit, scope));
            case HALF_OPEN -> {
                if (!situation.mayExperiment() || !circuit.probeFree(now, settings)) {
                    reasons.add(open(circuit, scope));
                }
            }
        }
    }

    private static Rejection open(Circuit circuit, Failure.Scope scope) {
        FailureClass cause = circuit.cause();
        return new Rejection.CircuitOpen(
                circuit.openUntilNanos(), scope, cause == null ? FailureClass.UPSTREAM_FAULT : cause);
    }
}
