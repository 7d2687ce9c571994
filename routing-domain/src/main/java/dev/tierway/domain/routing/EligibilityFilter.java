package dev.tierway.domain.routing;

import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.CircuitSettings;
import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fleet.Circuit;
import dev.tierway.domain.fleet.Mixing;
import dev.tierway.domain.fleet.ProviderState;
import dev.tierway.domain.fleet.ReplicaView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The one ordered chain every candidate passes at every attempt. Every refusal is kept, with its facts. */
final class EligibilityFilter {
    private EligibilityFilter() {}

    /** Every reason against the candidate, in the chain's order; empty if it is eligible. */
    static List<Rejection> rejections(ReplicaView view, Situation situation) {
        Reasons reasons = new Reasons();
        fit(view, situation, reasons::add);
        policy(view, situation, reasons::add);
        capacity(view, situation, reasons::add);
        health(view, situation, reasons::add);
        return reasons.list;
    }

    private static void fit(ReplicaView view, Situation situation, Consumer<Rejection> reject) {
        RequestFeatures features = situation.features();
        RoutingProgress progress = situation.progress();
        var useCase = features.ask().useCase();
        if (useCase != null && !view.model().serves(useCase)) {
            reject.accept(new Rejection.UseCaseNotServed(useCase));
        }
        if (!view.model().capabilities().containsAll(features.needs())) {
            List<Capability> missing = new ArrayList<>(features.needs());
            missing.removeAll(view.model().capabilities());
            reject.accept(new Rejection.MissingCapability(List.copyOf(missing)));
        }
        Integer window = view.model().contextWindow();
        Long asked = features.tokens().maxOutput();
        long needed = features.tokens().inputLow() + (asked == null ? 1 : asked);
        boolean tooLong = window == null
                ? progress.tooLongFor(view.model().id())
                : needed > window || window <= progress.windowAbove();
        if (tooLong) {
            reject.accept(new Rejection.ContextTooLong(Math.max(needed, progress.windowAbove() + 1L), window));
        }
        String signatures = features.signatureDomain();
        if (signatures != null && !signatures.equals(view.providerKind())) {
            reject.accept(new Rejection.NotPortable(signatures));
        }
        var left = progress.left(view.replica().id());
        if (left != null && !view.replica().id().equals(progress.repeating())) {
            reject.accept(new Rejection.AlreadyLeft(left.attempt(), left.failureClass()));
        } else {
            int spent = progress.attemptsAt(view.model().id());
            if (spent >= situation.policy().spillover().attemptsPerModel()) {
                reject.accept(new Rejection.ModelAttemptsSpent(spent));
            }
        }
    }

    private static void policy(ReplicaView view, Situation situation, Consumer<Rejection> reject) {
        Replica replica = view.replica();
        if (view.phase() == Phase.DRAINING) {
            reject.accept(new Rejection.InPhase(Phase.DRAINING));
        }
        if (replica.weight() == 0) {
            reject.accept(new Rejection.WeightZero());
        }
        Demands.check(view, situation.features(), reject);
        String marked = view.state().markedUnhealthyBy();
        if (marked != null) {
            reject.accept(new Rejection.MarkedUnhealthy(marked));
        }
    }

    private static void capacity(ReplicaView view, Situation situation, Consumer<Rejection> reject) {
        long now = situation.nowNanos();
        Integer limit = view.replica().concurrency();
        if (limit != null && view.state().inFlight() >= limit) {
            reject.accept(new Rejection.AtCapacity(view.state().inFlight(), limit));
        }
        var denied = situation.progress().denied(view.replica().id());
        if (denied != null && (denied.untilNanos() == null || now < denied.untilNanos())) {
            reject.accept(new Rejection.QuotaExhausted(denied.descriptor(), denied.untilNanos()));
        }
        rest(view.state().cooldown().untilNanos(), Failure.Scope.REPLICA, now, reject);
        rest(view.provider().cooldown().untilNanos(), Failure.Scope.PROVIDER, now, reject);
        RoutingProgress progress = situation.progress();
        if (!progress.first()
                && progress.charged(view.replica().provider(), view.provider().healthyLately(now))
                && !(view.provider().retries().allows(situation.retryRule(), now)
                        && situation.gatewayRetries().allows(situation.retryRule(), now))) {
            reject.accept(
                    new Rejection.RetryBudgetEmpty(view.replica().provider().value()));
        }
    }

    private static void rest(@Nullable Long until, Failure.Scope scope, long now, Consumer<Rejection> reject) {
        if (until != null && now < until) {
            reject.accept(new Rejection.CoolingDown(until, scope));
        }
    }

    private static void health(ReplicaView view, Situation situation, Consumer<Rejection> reject) {
        circuit(view.state().circuit(), view.replica().circuit(), Failure.Scope.REPLICA, view, situation, reject);
        circuit(view.provider().circuit(), ProviderState.CIRCUIT, Failure.Scope.PROVIDER, view, situation, reject);
    }

    private static void circuit(
            Circuit circuit,
            CircuitSettings settings,
            Failure.Scope scope,
            ReplicaView view,
            Situation situation,
            Consumer<Rejection> reject) {
        long now = situation.nowNanos();
        switch (circuit.phase(now, settings)) {
            case CLOSED -> {}
            case RAMPING -> {
                double share = circuit.admittedShare(now, settings);
                if (Mixing.unit(situation.seed(), view.replica().id().value().hashCode()) >= share) {
                    reject.accept(new Rejection.Ramping(share));
                }
            }
            case OPEN -> reject.accept(open(circuit, scope));
            case HALF_OPEN -> {
                if (!situation.mayExperiment() || !circuit.probeFree(now, settings)) {
                    reject.accept(open(circuit, scope));
                }
            }
        }
    }

    private static Rejection open(Circuit circuit, Failure.Scope scope) {
        FailureClass cause = circuit.cause();
        return new Rejection.CircuitOpen(
                circuit.openUntilNanos(), scope, cause == null ? FailureClass.UPSTREAM_FAULT : cause);
    }

    /** A list that costs nothing while it is empty. */
    private static final class Reasons {
        private List<Rejection> list = List.of();

        void add(Rejection rejection) {
            if (list.isEmpty()) {
                list = new ArrayList<>(2);
            }
            list.add(rejection);
        }
    }
}
