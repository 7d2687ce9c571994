package dev.tierway.domain.routing;

import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.catalogue.UseCase;
import dev.tierway.domain.fleet.FleetSnapshot;
import dev.tierway.domain.fleet.Mixing;
import dev.tierway.domain.fleet.ReplicaView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides which model and which replica a call goes to next. A pure function: serving, dry run, simulation and replay
 * call it alike, and the same inputs give the same decision.
 */
public final class TierAwareModelSelector {
    private TierAwareModelSelector() {}

    /**
     * One decision.
     *
     * @param progress what the call has behind it; {@link RoutingProgress#START} for a dry run
     * @param nowNanos monotonic time
     * @param seed the call's chance for this decision
     */
    public static Choice select(
            RequestFeatures features,
            FleetSnapshot snapshot,
            RoutingPolicy policy,
            RoutingProgress progress,
            long nowNanos,
            long seed) {
        Situation situation = new Situation(features, policy, progress, snapshot.gatewayRetries(), nowNanos, seed);
        List<ReplicaView> pool = progress.escalating() ? snapshot.escalation() : snapshot.candidates();
        List<Choice.Verdict> judged = judge(pool, situation);
        List<Candidate> eligible = score(pool, judged, situation);
        if (!eligible.isEmpty()) {
            return choose(eligible, judged, situation, false);
        }
        return new NobodyEligible(pool, judged, situation).resolve();
    }

    private static List<Choice.Verdict> judge(List<ReplicaView> pool, Situation situation) {
        List<Choice.Verdict> verdicts = new ArrayList<>(pool.size());
        boolean anyStandby = false;
        for (ReplicaView view : pool) {
            List<Rejection> reasons = EligibilityFilter.rejections(view, situation);
            verdicts.add(
                    situation.features().ask().pinned() && !reasons.isEmpty()
                            ? PinnedCall.verdict(view, reasons)
                            : new Choice.Verdict(view, null, reasons, List.of()));
            anyStandby |= view.phase() == Phase.STANDBY;
        }
        if (anyStandby && !situation.features().ask().pinned()) {
            holdBackStandby(verdicts);
        }
        return verdicts;
    }

    /** Standby replicas wait until no active one of their model is eligible. */
    private static void holdBackStandby(List<Choice.Verdict> verdicts) {
        List<ModelId> served = verdicts.stream()
                .filter(one -> one.eligible() && one.replica().phase() == Phase.ACTIVE)
                .map(one -> one.replica().model().id())
                .distinct()
                .toList();
        verdicts.replaceAll(one -> {
            ReplicaView view = one.replica();
            if (view.phase() != Phase.STANDBY || !served.contains(view.model().id())) {
                return one;
            }
            List<Rejection> reasons = new ArrayList<>(one.rejections());
            reasons.add(new Rejection.InPhase(Phase.STANDBY));
            return new Choice.Verdict(view, null, reasons, List.of());
        });
    }

    /** Scores the eligible, and puts the scores into their verdicts. */
    static List<Candidate> score(List<ReplicaView> pool, List<Choice.Verdict> verdicts, Situation situation) {
        ScoringContext context = null;
        List<Candidate> eligible = new ArrayList<>(pool.size());
        for (int i = 0; i < pool.size(); i++) {
            Choice.Verdict verdict = verdicts.get(i);
            if (verdict.eligible()) {
                if (context == null) {
                    context = new ScoringContext(pool, situation.features(), situation.nowNanos());
                }
                Score score = ReplicaScorer.score(pool.get(i), i, context, situation);
                verdicts.set(i, new Choice.Verdict(pool.get(i), score, List.of(), verdict.bypassed()));
                eligible.add(new Candidate(pool.get(i), score, i));
            }
        }
        return eligible;
    }

    static Choice.Chosen choose(
            List<Candidate> eligible, List<Choice.Verdict> verdicts, Situation situation, boolean lastResort) {
        Pick pick = pick(eligible, situation);
        Choice.Because because = lastResort ? Choice.Because.LAST_RESORT : because(pick, eligible, situation);
        verdicts.sort(Comparator.comparingDouble((Choice.Verdict one) ->
                one.score() == null ? Double.POSITIVE_INFINITY : -one.score().index()));
        return new Choice.Chosen(
                pick.candidate().view(), pick.candidate().score(), because, pick.propensity(), verdicts);
    }

    private static Choice.Because because(Pick pick, List<Candidate> eligible, Situation situation) {
        if (situation.features().ask().pinned()) {
            return Choice.Because.PINNED;
        }
        if (eligible.size() == 1 && pick.because() != Choice.Because.HALF_OPEN_PROBE) {
            return Choice.Because.ONLY_ELIGIBLE;
        }
        boolean byIndex = pick.because() == Choice.Because.BEST_INDEX;
        return byIndex && situation.progress().lastAttempt() ? Choice.Because.LAST_ATTEMPT : pick.because();
    }

    private static Pick pick(List<Candidate> eligible, Situation situation) {
        if (situation.policy().strategy() != Strategy.ADAPTIVE) {
            Pick probe = ReplicaPicker.dueProbe(eligible, situation);
            return probe != null ? probe : StrategyRanking.pick(eligible, situation);
        }
        return ReplicaPicker.pick(ofOneModel(eligible, situation), situation);
    }

    /**
     * The model in hand is finished before another is begun; otherwise the model whose best replica scores highest, its
     * quality for this use case added. Ties by seed.
     */
    private static List<Candidate> ofOneModel(List<Candidate> eligible, Situation situation) {
        Map<ModelId, List<Candidate>> byModel = new LinkedHashMap<>();
        for (Candidate candidate : eligible) {
            byModel.computeIfAbsent(candidate.view().model().id(), id -> new ArrayList<>())
                    .add(candidate);
        }
        ModelId inHand = situation.progress().model();
        List<Candidate> rest = inHand == null ? null : byModel.get(inHand);
        if (rest != null || byModel.size() == 1) {
            return rest != null ? rest : eligible;
        }
        List<Candidate> best = List.of();
        ModelId bestModel = byModel.keySet().iterator().next();
        double bestWorth = Double.NEGATIVE_INFINITY;
        for (Map.Entry<ModelId, List<Candidate>> model : byModel.entrySet()) {
            Candidate top = ReplicaPicker.best(model.getValue(), situation.seed());
            double worth = top.score().index()
                    + quality(top, situation.features().ask().useCase());
            if (worth > bestWorth
                    || (worth == bestWorth && compareByChance(model.getKey(), bestModel, situation.seed()) > 0)) {
                best = model.getValue();
                bestModel = model.getKey();
                bestWorth = worth;
            }
        }
        return best;
    }

    private static int compareByChance(ModelId a, ModelId b, long seed) {
        int order = Long.compare(
                Mixing.mix(seed, a.value().hashCode()),
                Mixing.mix(seed, b.value().hashCode()));
        return order != 0 ? order : a.compareTo(b);
    }

    private static double quality(Candidate candidate, @org.jspecify.annotations.Nullable UseCase useCase) {
        return useCase == null ? 0 : candidate.view().model().qualityUsd().getOrDefault(useCase, 0.0);
    }
}
