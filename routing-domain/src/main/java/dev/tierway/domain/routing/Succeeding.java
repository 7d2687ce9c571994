package dev.tierway.domain.routing;

import dev.tierway.domain.catalogue.SuccessSettings;
import dev.tierway.domain.fleet.ReplicaView;
import dev.tierway.domain.fleet.WhatIf;

/** A replica with fewer failures, then with more successes, until it is expected to work so often. */
final class Succeeding {
    private Succeeding() {}

    static Scene with(double share, Scene scene) {
        ReplicaView view = scene.view();
        long now = scene.situation().nowNanos();
        SuccessSettings settings = view.replica().learning().success();
        ScoringContext context =
                new ScoringContext(scene.pool(), scene.situation().features(), now);
        double good = context.good(scene.at());
        double bad = context.bad(scene.at());
        double prior = settings.priorCalls() * context.priorSuccess(scene.at());
        double wanted = share / shaken(scene);
        double fewer = (good + prior) / wanted - good - settings.priorCalls();
        if (fewer >= 0) {
            return scene.with(WhatIf.results(view, good, Math.min(fewer, bad), now));
        }
        double more = (wanted * settings.priorCalls() - prior) / (1 - wanted);
        return scene.with(WhatIf.results(view, Math.max(good, more), 0, now));
    }

    /** The most that a candidate may be expected to succeed. */
    static double most(Scene scene) {
        return scene.view().replica().learning().success().mostPrior() * shaken(scene);
    }

    private static double shaken(Scene scene) {
        boolean shaken = scene.situation()
                .progress()
                .shaken()
                .contains(scene.view().replica().provider());
        return shaken ? scene.view().replica().learning().success().shaken() : 1;
    }
}
