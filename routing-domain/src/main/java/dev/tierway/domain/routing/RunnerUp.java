package dev.tierway.domain.routing;

import dev.tierway.domain.fleet.ReplicaView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who would have been chosen otherwise.
 *
 * @param decidedBy what made the difference; null where it was no comparison: a probe, exploration, a last resort, or a
 *     strategy of one's own
 */
public record RunnerUp(ReplicaView replica, @Nullable DecidedBy decidedBy) {
    /** Null if nobody else was eligible, or the caller left no choice. */
    public static @Nullable RunnerUp of(Choice.Chosen chosen, Situation situation) {
        if (chosen.because() == Choice.Because.PINNED || chosen.because() == Choice.Because.ONLY_ELIGIBLE) {
            return null;
        }
        List<Candidate> scored = Verdicts.scored(chosen.verdicts());
        List<Candidate> others = new ArrayList<>(scored.size());
        Candidate winner = null;
        for (Candidate candidate : scored) {
            if (candidate.view() == chosen.replica()) {
                winner = candidate;
            } else {
                others.add(candidate);
            }
        }
        if (winner == null || others.isEmpty()) {
            return null;
        }
        return situation.policy().strategy() == BuiltInStrategy.ADAPTIVE
                ? adaptive(winner, others, chosen.because(), situation)
                : ranked(winner, others, chosen.because(), situation);
    }

    private static RunnerUp adaptive(
            Candidate winner, List<Candidate> others, Choice.Because because, Situation situation) {
        Candidate next = ReplicaPicker.best(ModelChoice.ofOneModel(others, situation), situation.seed());
        return new RunnerUp(
                next.view(),
                switch (because) {
                    case BEST_INDEX, LAST_ATTEMPT, LESS_LOADED_IN_BAND -> compared(winner, next, situation);
                    case ONLY_ELIGIBLE, PINNED, HALF_OPEN_PROBE, EXPLORATION, LAST_RESORT, STRATEGY -> null;
                });
    }

    private static @Nullable DecidedBy compared(Candidate winner, Candidate next, Situation situation) {
        if (!winner.view().model().id().equals(next.view().model().id())) {
            // The next is the best of all the others: who is behind it and yet first was of the model in hand.
            return ModelChoice.worth(winner, situation) < ModelChoice.worth(next, situation)
                    ? DecidedBy.MODEL_IN_HAND
                    : DecidedBy.term(winner, next, situation);
        }
        // Within the band load and chance decide; nobody hot is in it unless all are.
        Candidate best = winner.score().index() >= next.score().index() ? winner : next;
        double behind = best.score().index()
                - Math.min(winner.score().index(), next.score().index());
        if (best == winner && behind > Band.width(best, situation.policy().picking())) {
            return DecidedBy.term(winner, next, situation);
        }
        return Double.compare(winner.view().load(), next.view().load()) < 0
                        || winner.view().state().inFlight()
                                < next.view().state().inFlight()
                ? DecidedBy.LOAD
                : DecidedBy.CHANCE;
    }

    private static RunnerUp ranked(
            Candidate winner, List<Candidate> others, Choice.Because because, Situation situation) {
        RankingStrategy strategy = situation.policy().strategy();
        Candidate next = strategy.pick(others, situation).candidate();
        boolean turn = because == Choice.Because.STRATEGY;
        return new RunnerUp(
                next.view(),
                turn && strategy instanceof BuiltInStrategy known ? known.decider(winner, next, situation) : null);
    }
}
