package dev.tierway.domain.routing;

import dev.tierway.domain.catalogue.LogicalModel;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.UseCase;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.fleet.ReplicaView;
import dev.tierway.domain.fleet.RetryBudget;
import dev.tierway.domain.fleet.WhatIf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A scene after changes, to be decided again by the same functions. */
final class Changed {
    private Changed() {}

    static Scene by(List<Change> changes, Scene scene) {
        Scene changed = scene;
        for (Change change : changes) {
            changed = by(change, changed);
        }
        return changed;
    }

    static Scene by(Change change, Scene scene) {
        ReplicaView view = scene.view();
        long now = scene.situation().nowNanos();
        return switch (change) {
            case Change.CircuitClosed(var scope, var in) ->
                scope == Failure.Scope.PROVIDER
                        ? ofItsProvider(scene, WhatIf::credentialTrusted)
                        : scene.with(WhatIf.circuitClosed(view));
            case Change.RampOver over -> scene.with(WhatIf.rampOver(view, now));
            case Change.CooldownOver(var scope, var in) ->
                scope == Failure.Scope.PROVIDER
                        ? ofItsProvider(scene, WhatIf::providerRested)
                        : scene.with(WhatIf.rested(view));
            case Change.SlotFree(int limit) ->
                scene.with(WhatIf.inFlight(view, Math.min(view.state().inFlight(), limit - 1)));
            case Change.QuotaRefilled refilled -> refilled(scene);
            case Change.RetryBudgetRefilled refilled -> retriesUnused(scene);
            case Change.ProbeHealthy healthy -> scene.with(WhatIf.unprobed(view));
            case Change.PhaseActive active -> scene.with(WhatIf.active(view));
            case Change.RuleLifted lifted -> scene.with(Requested.unruled(features(scene)));
            case Change.MarkWithdrawn withdrawn -> {
                var mark = view.standing().markedUnhealthy();
                yield scene.with(
                        one -> one == view
                                || (mark != null && mark.equals(one.standing().mark())),
                        WhatIf::unmarked);
            }
            case Change.OptionDropped(var option, var values) -> scene.with(without(option, values, scene));
            case Change.NeedsDropped(var needs) -> scene.with(Requested.without(needs, features(scene)));
            case Change.ConstructsDropped(var dropped) -> scene.with(Requested.unsaid(dropped, features(scene)));
            case Change.SignaturesDropped dropped -> scene.with(Requested.unsigned(features(scene)));
            case Change.UseCaseServed(var useCase) -> ofItsModel(scene, model -> serving(model, useCase));
            case Change.WindowAtLeast(long tokens, int was) -> ofItsModel(scene, model -> window(model, (int) tokens));
            case Change.AttemptsPerModelAtLeast(int attempts, int was) ->
                scene.with(
                        Requested.attemptsPerModel(attempts, scene.situation().policy()));
            case Change.PriceAtMost(long nano, long was, boolean known) ->
                scene.with(Repriced.to(nano, view, features(scene)));
            case Change.LatencyAtMost(long micros, long was) -> faster(scene, micros / 1e6);
            case Change.SuccessAtLeast(long share, long was) -> Succeeding.with(share / 1e4, scene);
            case Change.HeadroomAtLeast(long share, long was) -> scene.with(WhatIf.headroom(view, share / 1e3));
            case Change.InFlightAtMost(int calls, int was) ->
                scene.with(WhatIf.inFlight(view, Math.min(calls, view.state().inFlight())));
            case Change.PriorityAtMost(int priority, int was) ->
                scene.with(configured(view, view.replica().weight(), priority));
            case Change.WeightAtLeast(double weight, double was) -> {
                int configured =
                        (int) Math.max(Math.ceil(weight), view.replica().weight());
                Scene heavier =
                        scene.with(configured(view, configured, view.replica().priority()));
                yield heavier.with(Requested.weighing(view.replica().id(), weight, features(scene)));
            }
            case Change.UsedLongestAgo used -> scene.with(WhatIf.neverUsed(view));
            case Change.DeclaredFirst first -> scene.first();
        };
    }

    private static RequestFeatures features(Scene scene) {
        return scene.situation().features();
    }

    private static RequestFeatures without(Change.Option option, List<String> values, Scene scene) {
        return Requested.without(option, values, features(scene), scene.view());
    }

    private static Scene ofItsProvider(Scene scene, UnaryOperator<ReplicaView> change) {
        var provider = scene.view().replica().provider();
        return scene.with(view -> view.replica().provider().equals(provider), change);
    }

    private static Scene ofItsModel(Scene scene, UnaryOperator<LogicalModel> change) {
        var model = scene.view().model().id();
        return scene.with(view -> view.model().id().equals(model), view -> WhatIf.of(view, change.apply(view.model())));
    }

    private static Scene refilled(Scene scene) {
        var exhausted = scene.view().exhausted();
        Scene allowed = scene.with(Requested.allowed(scene.view().replica().id(), scene.situation()));
        return exhausted == null
                ? allowed
                : allowed.with(
                        view -> view.exhausted() != null
                                && exhausted.owner().equals(view.exhausted().owner()),
                        WhatIf::quotaRefilled);
    }

    private static Scene retriesUnused(Scene scene) {
        Situation old = scene.situation();
        return ofItsProvider(
                scene.with(new Situation(
                        old.features(), old.policy(), old.progress(), RetryBudget.EMPTY, old.nowNanos(), old.seed())),
                WhatIf::retriesUnused);
    }

    private static LogicalModel serving(LogicalModel model, UseCase useCase) {
        List<UseCase> useCases = new ArrayList<>(model.useCases());
        useCases.add(useCase);
        return new LogicalModel(
                model.id(),
                model.tier(),
                useCases,
                model.capabilities(),
                model.contextWindow(),
                model.maxOutputTokens(),
                model.dimensions(),
                model.qualityUsd());
    }

    private static LogicalModel window(LogicalModel model, int tokens) {
        return new LogicalModel(
                model.id(),
                model.tier(),
                model.useCases(),
                model.capabilities(),
                tokens,
                model.maxOutputTokens(),
                model.dimensions(),
                model.qualityUsd());
    }

    private static Scene faster(Scene scene, double seconds) {
        Score now = scene.score();
        double factor = seconds / now.seconds();
        return scene.with(WhatIf.latency(
                scene.view(),
                features(scene).tokens().input(scene.view().model().id()),
                now.ttftNanos() * factor,
                now.tokenNanos() * factor,
                scene.situation().nowNanos()));
    }

    private static ReplicaView configured(ReplicaView view, int weight, int priority) {
        Replica old = view.replica();
        return WhatIf.configured(view, Repriced.replica(old, old.price(), weight, priority));
    }
}
