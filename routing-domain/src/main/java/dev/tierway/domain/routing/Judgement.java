package dev.tierway.domain.routing;

import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.fleet.ReplicaView;
import java.util.ArrayList;
import java.util.List;

/** What speaks against every candidate of a pool, and what a pinned call skips of it. In the pool's order. */
record Judgement(List<ReplicaView> pool, List<List<Rejection>> reasons, List<List<Rejection>> bypassed) {
    static Judgement of(List<ReplicaView> pool, Situation situation) {
        if (situation.features().ask().pinned()) {
            return pinned(pool, situation);
        }
        List<List<Rejection>> reasons = new ArrayList<>(pool.size());
        boolean anyStandby = false;
        EligibilityFilter filter = new EligibilityFilter(situation);
        for (ReplicaView view : pool) {
            reasons.add(filter.rejections(view));
            anyStandby |= view.phase() == Phase.STANDBY;
        }
        if (anyStandby) {
            holdBackStandby(pool, reasons);
        }
        Ruling ruling = situation.features().ask().ruling();
        if (ruling != null && !ruling.preferred().isEmpty()) {
            holdBackFallback(pool, ruling, reasons);
        }
        return new Judgement(pool, reasons, List.of());
    }

    /** A pinned replica skips health, phase and weight, visibly; never the rest. */
    private static Judgement pinned(List<ReplicaView> pool, Situation situation) {
        List<List<Rejection>> reasons = new ArrayList<>(pool.size());
        List<List<Rejection>> bypassed = new ArrayList<>(pool.size());
        EligibilityFilter filter = new EligibilityFilter(situation);
        for (ReplicaView view : pool) {
            List<Rejection> all = filter.rejections(view);
            reasons.add(all.stream().filter(reason -> !skippedByPin(reason)).toList());
            bypassed.add(all.stream().filter(Judgement::skippedByPin).toList());
        }
        return new Judgement(pool, reasons, bypassed);
    }

    private static boolean skippedByPin(Rejection rejection) {
        return rejection instanceof Rejection.Health
                || rejection instanceof Rejection.InPhase
                || rejection instanceof Rejection.WeightZero;
    }

    /** Standby replicas wait until no active one of their model is eligible. */
    private static void holdBackStandby(List<ReplicaView> pool, List<List<Rejection>> reasons) {
        List<ModelId> served = new ArrayList<>();
        for (int i = 0; i < pool.size(); i++) {
            if (reasons.get(i).isEmpty() && pool.get(i).phase() == Phase.ACTIVE) {
                served.add(pool.get(i).model().id());
            }
        }
        for (int i = 0; i < pool.size(); i++) {
            ReplicaView view = pool.get(i);
            if (view.phase() == Phase.STANDBY && served.contains(view.model().id())) {
                List<Rejection> more = new ArrayList<>(reasons.get(i));
                more.add(new Rejection.InPhase(Phase.STANDBY, view.standing().phase()));
                reasons.set(i, more);
            }
        }
    }

    /** What a rule falls back to waits until nobody it prefers is eligible. */
    private static void holdBackFallback(List<ReplicaView> pool, Ruling ruling, List<List<Rejection>> reasons) {
        boolean served = false;
        for (int i = 0; i < pool.size(); i++) {
            served |= reasons.get(i).isEmpty()
                    && ruling.means(pool.get(i).replica().id());
        }
        for (int i = 0; served && i < pool.size(); i++) {
            if (reasons.get(i).isEmpty() && !ruling.means(pool.get(i).replica().id())) {
                reasons.set(i, List.of(new Rejection.HeldBack(ruling.rule())));
            }
        }
    }

    boolean eligible(int i) {
        return reasons.get(i).isEmpty();
    }

    /** The same with other reasons; what is no longer a reason has been bypassed. */
    Judgement forgiving(List<List<Rejection>> remaining) {
        List<List<Rejection>> forgiven = new ArrayList<>(pool.size());
        for (int i = 0; i < pool.size(); i++) {
            boolean changed = remaining.get(i).isEmpty() && !reasons.get(i).isEmpty();
            forgiven.add(changed ? reasons.get(i) : bypassed(i));
        }
        return new Judgement(pool, remaining, forgiven);
    }

    private List<Rejection> bypassed(int i) {
        return bypassed.isEmpty() ? List.of() : bypassed.get(i);
    }

    /** The eligible with their scores. */
    List<Candidate> score(Situation situation) {
        ScoringContext context = null;
        List<Candidate> eligible = new ArrayList<>(pool.size());
        for (int i = 0; i < pool.size(); i++) {
            if (eligible(i)) {
                if (context == null) {
                    context = new ScoringContext(pool, situation.features(), situation.nowNanos());
                }
                eligible.add(new Candidate(pool.get(i), ReplicaScorer.score(pool.get(i), i, context, situation), i));
            }
        }
        return eligible;
    }

    /** @param scored some of the pool, in its order */
    List<Choice.Verdict> verdicts(List<Candidate> scored) {
        return new Verdicts(pool, reasons, bypassed, scored);
    }
}
