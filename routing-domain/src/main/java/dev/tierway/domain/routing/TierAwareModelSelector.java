package dev.tierway.domain.routing;

import dev.tierway.domain.fleet.FleetSnapshot;
import dev.tierway.domain.fleet.ReplicaView;
import java.util.List;

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
        Judgement judgement = Judgement.of(pool, situation);
        List<Candidate> eligible = judgement.score(situation);
        return eligible.isEmpty()
                ? new NobodyEligible(judgement, situation).resolve()
                : choose(eligible, judgement, situation);
    }

    static Choice.Chosen choose(List<Candidate> eligible, Judgement judgement, Situation situation) {
        Pick pick = pick(eligible, situation);
        return chosen(pick, because(pick, eligible, situation), judgement.verdicts(eligible));
    }

    static Choice.Chosen chosen(Pick pick, Choice.Because because, List<Choice.Verdict> verdicts) {
        return new Choice.Chosen(
                pick.candidate().view(), pick.candidate().score(), because, pick.propensity(), verdicts);
    }

    /** Due probes come first under every strategy but the adaptive one, which chooses the model before. */
    private static Pick pick(List<Candidate> eligible, Situation situation) {
        RankingStrategy strategy = situation.policy().strategy();
        Pick probe = strategy == BuiltInStrategy.ADAPTIVE ? null : ReplicaPicker.dueProbe(eligible, situation);
        return probe != null ? probe : strategy.pick(eligible, situation);
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
}
